package starbase.doctor;

import java.util.List;
import java.util.stream.Collectors;

/** The name has the address of the Gateway that has its route. */
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
  public Finding examine(Subject subject) {
    var addresses =
        subject
            .given()
            .map(List::of)
            .orElseGet(() -> lookup.addresses(subject.target().host().text()));
    if (subject.way().isEmpty()) {
      return unknown(subject, addresses);
    }
    return subject
        .given()
        .map(given -> given(given, subject))
        .orElseGet(() -> resolved(subject, addresses));
  }

  private static Finding given(String given, Subject subject) {
    var live = subject.itsWay().addresses();
    return live.isEmpty() || live.contains(given)
        ? Finding.fine("not asked: --address %s", given)
        : wrong("--address is %s", given, subject, live.get(0));
  }

  /** A name that has an address, but that no Gateway knows, was forgotten there. */
  private static Finding unknown(Subject subject, List<String> addresses) {
    return Finding.broken(
        addresses.isEmpty() ? Owner.DNS : Owner.GATEWAYS,
        "kubectl get httproute,gateway -A",
        "%s %s, and no Gateway and no route has that name; the names there are: %s",
        subject.target().host(),
        addresses.isEmpty() ? "does not resolve" : "is " + String.join(", ", addresses),
        names(subject));
  }

  private static Finding resolved(Subject subject, List<String> addresses) {
    var host = subject.target().host();
    var live = subject.itsWay().address();
    if (live.isEmpty()) {
      return Finding.fine("not judged: Gateway %s has no address yet", subject.itsWay().name());
    }
    if (addresses.isEmpty() && subject.itsWay().route().isEmpty()) {
      return Finding.fine("not judged: %s does not resolve, and no route has it", host);
    }
    if (addresses.isEmpty()) {
      return Finding.broken(
          Owner.DNS,
          OUTPUT,
          "%s does not resolve; its address is %s: give your DNS the record (./lab output dnsZone,"
              + " or ./lab output hosts for /etc/hosts), or go on without DNS by --address %s",
          host,
          live.get(),
          live.get());
    }
    return addresses.stream()
        .filter(subject.itsWay().addresses()::contains)
        .findFirst()
        .map(address -> Finding.fine("%s is %s", host, address))
        .orElseGet(
            () ->
                wrong(host + " resolves to %s", String.join(", ", addresses), subject, live.get()));
  }

  private static Finding wrong(String form, String seen, Subject subject, String live) {
    return Finding.broken(
        Owner.DNS,
        OUTPUT,
        form + ", but Gateway %s, which has its route, has the address %s",
        seen,
        subject.itsWay().name(),
        live);
  }

  private static String names(Subject subject) {
    return subject.cluster().routes().stream()
        .flatMap(route -> route.getSpec().getHostnames().stream())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
