package starbase.tools.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** Checks that the name resolves to the address of the Gateway that has its route. */
record DnsStep(Lookup lookup) implements Step {
  private static final String OUTPUT = "./lab output dnsZone";

  @Override
  public String name() {
    return "dns";
  }

  @Override
  public Owner layer() {
    return Owner.DNS;
  }

  @Override
  public StepResult examine(Examination examination) {
    var addresses =
        examination
            .given()
            .map(List::of)
            .orElseGet(() -> lookup.addresses(examination.target().host().text()));
    if (examination.path().isEmpty()) {
      return unknown(examination, addresses);
    }
    return examination
        .given()
        .map(given -> given(given, examination))
        .orElseGet(() -> resolved(examination, addresses));
  }

  private static StepResult given(String given, Examination examination) {
    var live = examination.requestPath().addresses();
    return live.isEmpty() || live.contains(given)
        ? StepResult.fine("not asked: --address %s", given)
        : wrong("--address is %s", given, examination, live.get(0));
  }

  /** If the name resolves but no Gateway has it, the layer gateways is at fault. */
  private static StepResult unknown(Examination examination, List<String> addresses) {
    return StepResult.broken(
        addresses.isEmpty() ? Owner.DNS : Owner.GATEWAYS,
        "kubectl get httproute,gateway -A",
        "%s %s, and no Gateway and no route has that name; the names there are: %s",
        examination.target().host(),
        addresses.isEmpty() ? "does not resolve" : "is " + String.join(", ", addresses),
        names(examination));
  }

  private static StepResult resolved(Examination examination, List<String> addresses) {
    var host = examination.target().host();
    var live = examination.requestPath().address();
    if (live.isEmpty()) {
      return StepResult.fine(
          "not judged: Gateway %s has no address yet", examination.requestPath().name());
    }
    if (addresses.isEmpty() && examination.requestPath().route().isEmpty()) {
      return StepResult.fine("not judged: %s does not resolve, and no route has it", host);
    }
    if (addresses.isEmpty()) {
      return StepResult.broken(
          Owner.DNS,
          OUTPUT,
          "%s does not resolve; its address is %s: give your DNS the record (./lab output dnsZone,"
              + " or ./lab output hosts for /etc/hosts), or go on without DNS by --address %s",
          host,
          live.get(),
          live.get());
    }
    return addresses.stream()
        .filter(examination.requestPath().addresses()::contains)
        .findFirst()
        .map(address -> StepResult.fine("%s is %s", host, address))
        .orElseGet(
            () ->
                wrong(
                    host + " resolves to %s",
                    String.join(", ", addresses),
                    examination,
                    live.get()));
  }

  private static StepResult wrong(String form, String seen, Examination examination, String live) {
    return StepResult.broken(
        Owner.DNS,
        OUTPUT,
        form + ", but Gateway %s, which has its route, has the address %s",
        seen,
        examination.requestPath().name(),
        live);
  }

  private static String names(Examination examination) {
    return examination.cluster().routes().stream()
        .flatMap(route -> route.getSpec().getHostnames().stream())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
