package starbase.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.LabConfig;
import starbase.config.Problem;
import starbase.dns.DnsPlan;
import starbase.net.DnsLabel;

/** What is wrong with a lab although each of its values is right. */
public final class WholePlan {
  private WholePlan() {}

  /** All problems; none if the plan may be carried out. */
  public static List<Problem> problems(LabConfig lab) {
    return Stream.concat(unknownGateways(lab).stream(), DnsPlan.problems(lab).stream()).toList();
  }

  private static List<Problem> unknownGateways(LabConfig lab) {
    var gateways =
        lab.gateways().keySet().stream()
            .map(DnsLabel::text)
            .sorted()
            .collect(Collectors.joining(", "));
    return lab.apps().entrySet().stream()
        .filter(app -> !lab.gateways().containsKey(app.getValue().gateway()))
        .map(
            app ->
                new Problem(
                    "starbase:apps.%s.gateway".formatted(app.getKey()),
                    Optional.of("\"" + app.getValue().gateway() + "\""),
                    "is no Gateway of this lab; allowed: " + gateways))
        .toList();
  }
}
