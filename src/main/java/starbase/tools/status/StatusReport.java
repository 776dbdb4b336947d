package starbase.tools.status;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A lab's Gateways as a table, and below it what is not ready.
 *
 * @param rows the table, headings first
 * @param findings what is not ready, a sentence each
 * @param nodes the nodes that are not Ready, a sentence each
 */
public record StatusReport(List<List<String>> rows, List<String> findings, List<String> nodes) {
  private static final List<String> HEADINGS =
      List.of(
          "GATEWAY",
          "ADDRESS",
          "PROGRAMMED",
          "LISTENERS",
          "ROUTES",
          "CERTIFICATE",
          "ISSUER",
          "EXPIRES");

  /**
   * The report on a cluster.
   *
   * @param clock says how many days are left until a certificate expires
   */
  public static StatusReport of(LabState state, Clock clock) {
    var rows = new ArrayList<List<String>>();
    rows.add(HEADINGS);
    state.gateways().forEach(gateway -> rows.add(row(gateway, state, clock)));
    return new StatusReport(List.copyOf(rows), Findings.of(state), Findings.nodes(state));
  }

  /** Whether all that was looked at is ready. */
  public boolean ready() {
    return findings.isEmpty();
  }

  /** The table, aligned. */
  public String table() {
    return Table.of(rows);
  }

  /**
   * What is not ready, nodes included; empty if all is.
   *
   * @param pages what is broken about the pages of the plan
   */
  public String notReady(List<String> pages) {
    var all = Stream.of(nodes, findings, pages).flatMap(List::stream).toList();
    return all.isEmpty()
        ? ""
        : "\nNot ready:\n" + all.stream().map("  - %s\n"::formatted).collect(Collectors.joining());
  }

  private static List<String> row(Gateway gateway, LabState state, Clock clock) {
    var certificates =
        state.certificates().stream()
            .filter(
                certificate ->
                    GatewayView.secrets(gateway).contains(CertificateView.secret(certificate)))
            .toList();
    return List.of(
        LabState.name(gateway),
        orDash(GatewayView.addresses(gateway)),
        GatewayView.programmed(gateway),
        orDash(GatewayView.listeners(gateway, state.services())),
        Integer.toString(GatewayView.attachedRoutes(gateway)),
        orDash(certificates.stream().map(LabState::name)),
        orDash(certificates.stream().map(CertificateView::issuer)),
        orDash(
            certificates.stream().map(certificate -> CertificateView.expiry(certificate, clock))));
  }

  private static String orDash(Stream<String> texts) {
    var joined = String.join(", ", texts.toList());
    return joined.isEmpty() ? "-" : joined;
  }
}
