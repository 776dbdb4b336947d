package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.apps.ParentConfig;
import starbase.apps.RouteConfig;
import starbase.findings.Finding;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.gateways.Protocol;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.routing.Attachment;
import starbase.routing.Fitting;

/** Every route attaches to listeners that take its hostnames, with a certificate for them. */
final class RouteRules {
  private RouteRules() {}

  /**
   * A Gateway of an application.
   *
   * @param key where the application names it
   * @param listenersKey where the application names its listeners
   */
  private record Use(
      String key, String listenersKey, DnsLabel name, ParentConfig wanted, AppConfig app) {
    static List<Use> of(String app, AppConfig its) {
      return its.reachedBy().entrySet().stream()
          .map(
              each ->
                  its.gateway().isPresent()
                      ? new Use(
                          app + ".gateway", app + ".listeners", each.getKey(), each.getValue(), its)
                      : new Use(
                          app + ".gateways." + each.getKey(),
                          app + ".gateways." + each.getKey() + ".listeners",
                          each.getKey(),
                          each.getValue(),
                          its))
          .toList();
    }

    /** The listeners that it would attach to if they took its hostnames. */
    List<ListenerConfig> offered(GatewayConfig gateway) {
      return wanted
          .listeners()
          .map(
              names ->
                  gateway.listeners().stream().filter(its -> names.contains(its.name())).toList())
          .orElseGet(() -> Fitting.candidates(app.routed(), gateway));
    }
  }

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    plan.apps()
        .forEach(
            (name, app) -> {
              var key = "starbase:apps." + name;
              var uses = Use.of(key, app);
              var attachments = Attachment.of(app, plan.gateways());
              var wrong = uses.stream().flatMap(use -> gateway(plan, use).stream()).toList();
              findings.addAll(wrong);
              if (wrong.isEmpty() && uses.stream().allMatch(use -> isWhole(plan, use))) {
                findings.addAll(hostnames(plan, app, key, uses, attachments));
              }
              attachments.forEach(its -> findings.addAll(attachment(plan, app, key, its)));
            });
    findings.addAll(RouteConflicts.check(plan));
    return findings;
  }

  /** Whether a Gateway is there, with all its listeners right. */
  private static boolean isWhole(LabView plan, Use use) {
    return plan.gateways().containsKey(use.name())
        && plan.intact("starbase:gateways." + use.name() + ".listeners")
        && plan.gateways().get(use.name()).listeners().stream()
            .noneMatch(ListenerRules::contradictsItsName);
  }

  private static List<Finding> gateway(LabView plan, Use use) {
    var gateway = plan.gateways().get(use.name());
    if (gateway == null) {
      return plan.draft().gateways().isPresent() && plan.intact("starbase:gateways." + use.name())
          ? List.of(
              Finding.error(use.key(), "is not a Gateway of this lab")
                  .given(use.name())
                  .allowed(use.name().text(), Names.sorted(plan.gateways().keySet())))
          : List.of();
    }
    if (!isWhole(plan, use)) {
      return List.of();
    }
    if (use.wanted().whole()) {
      return gateway.redirecting().stream()
          .filter(
              its -> use.app().hostnames().stream().anyMatch(name -> its.common(name).isPresent()))
          .map(
              its ->
                  Finding.error(
                          use.key() + ".allListeners",
                          "also attaches to listener %s, which redirects to HTTPS: requests would loop"
                              .formatted(its.name()))
                      .given(true)
                      .allowed("listeners by name, or redirectToHttps: false for that Gateway"))
          .toList();
    }
    if (use.wanted().listeners().isPresent()) {
      return named(use, gateway, use.wanted().listeners().get());
    }
    return Fitting.candidates(use.app().routed(), gateway).isEmpty()
        ? List.of(
            Finding.error(
                    use.key(),
                    "has no listener with protocol %s, which routes of kind %s need"
                        .formatted(usual(use.app().routed()), use.app().routed().kind()))
                .given(use.name())
                .allowed("a Gateway that has one"))
        : List.of();
  }

  private static List<Finding> named(Use use, GatewayConfig gateway, List<DnsLabel> names) {
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < names.size(); i++) {
      var name = names.get(i);
      var at = use.listenersKey() + "[" + i + "]";
      var listener =
          gateway.listeners().stream().filter(its -> its.name().equals(name)).findFirst();
      if (listener.isEmpty()) {
        findings.add(
            Finding.error(at, "is not a listener of Gateway \"%s\"".formatted(use.name()))
                .given(name)
                .allowed(
                    name.text(),
                    Names.sorted(gateway.listeners().stream().map(ListenerConfig::name).toList())));
      } else {
        unfit(use, gateway, listener.get())
            .ifPresent(
                finding ->
                    findings.add(
                        Finding.error(at, finding.wrong()).given(name).allowed(finding.allowed())));
      }
    }
    return findings;
  }

  private record Unfit(String wrong, String allowed) {}

  private static Optional<Unfit> unfit(Use use, GatewayConfig gateway, ListenerConfig listener) {
    var route = use.app().routed();
    if (!Fitting.canServe(route, listener)) {
      return Optional.of(
          new Unfit(
              "has protocol %s, which routes of kind %s can't use"
                  .formatted(listener.speaks(), route.kind()),
              "a listener with protocol " + names(Fitting.protocols(route).stream())));
    }
    if (gateway.redirecting().contains(listener)) {
      return Optional.of(
          new Unfit(
              "redirects every request to HTTPS",
              "a listener with protocol HTTPS, or redirectToHttps: false for Gateway \"%s\""
                  .formatted(use.name())));
    }
    return !(route instanceof RouteConfig.Tcp)
            && use.app().hostnames().stream().noneMatch(its -> listener.common(its).isPresent())
        ? Optional.of(
            new Unfit(
                "matches none of the application's hostnames: it is for " + listener.taken(),
                "a listener that matches one"))
        : Optional.empty();
  }

  /** Each hostname is taken somewhere, and each Gateway takes one. */
  private static List<Finding> hostnames(
      LabView plan, AppConfig app, String key, List<Use> uses, List<Attachment> attachments) {
    var findings = new ArrayList<Finding>();
    var taken = new HashSet<Hostname>();
    attachments.forEach(its -> taken.addAll(its.hostnames()));
    for (int i = 0; i < app.hostnames().size(); i++) {
      var hostname = app.hostnames().get(i);
      if (!taken.contains(hostname)) {
        var offered =
            uses.stream()
                .flatMap(
                    use ->
                        Optional.ofNullable(plan.gateways().get(use.name())).stream()
                            .flatMap(gateway -> use.offered(gateway).stream())
                            .map(
                                its ->
                                    new Offered(
                                        "%s of %s".formatted(its.name(), use.name()), its.taken())))
                .toList();
        findings.add(
            Finding.error(key + ".hostnames[" + i + "]", "does not match " + told(offered))
                .given(hostname)
                .allowed(
                    elsewhere(plan, app, hostname)
                        .orElse(
                            offered.size() == 1
                                ? "a hostname that it matches"
                                : "a hostname that one of them matches")));
      }
    }
    if (findings.isEmpty() && uses.size() > 1) {
      uses.stream()
          .filter(use -> attachments.stream().noneMatch(its -> its.gateway().equals(use.name())))
          .forEach(
              use ->
                  findings.add(
                      Finding.error(use.key(), "matches none of the application's hostnames")
                          .allowed("a Gateway that matches one")));
    }
    return findings;
  }

  /** A listener, and the hostnames that it takes. */
  private record Offered(String listener, String taken) {}

  private static String told(List<Offered> offered) {
    return offered.size() == 1
        ? "listener %s, which is for %s"
            .formatted(offered.get(0).listener(), offered.get(0).taken())
        : "any of the listeners "
            + offered.stream()
                .map(its -> "%s (%s)".formatted(its.listener(), its.taken()))
                .collect(Collectors.joining(", "));
  }

  private static Optional<String> elsewhere(LabView plan, AppConfig app, Hostname hostname) {
    return plan.gateways().entrySet().stream()
        .flatMap(
            gateway ->
                Fitting.candidates(app.routed(), gateway.getValue()).stream()
                    .filter(its -> its.common(hostname).isPresent())
                    .map(
                        its ->
                            app.reachedBy().containsKey(gateway.getKey())
                                ? "listener %s, which matches it".formatted(its.name())
                                : "gateway: %s, which matches it".formatted(gateway.getKey())))
        .findFirst();
  }

  private static List<Finding> attachment(
      LabView plan, AppConfig app, String key, Attachment attachment) {
    if (!plan.intact("starbase:gateways." + attachment.gateway() + ".listeners")) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    var listener = attachment.listener();
    plan.labels(app.namespace())
        .filter(labels -> !listener.allows().allow(labels))
        .ifPresent(
            labels ->
                findings.add(
                    Finding.error(
                            key + ".namespace",
                            "does not have the labels that listener %s of %s requires"
                                .formatted(listener.name(), attachment.gateway()))
                        .given(app.namespace())
                        .allowed(
                            "the listener's labels in starbase:namespaces.%s.labels"
                                .formatted(app.namespace()))));
    for (int i = 0; i < app.hostnames().size(); i++) {
      var hostname = app.hostnames().get(i);
      if (attachment.hostnames().contains(hostname)) {
        findings.addAll(certificate(plan, listener, hostname, key + ".hostnames[" + i + "]"));
      }
    }
    return findings;
  }

  private static List<Finding> certificate(
      LabView plan, ListenerConfig listener, Hostname hostname, String key) {
    var common = listener.common(hostname);
    return listener
        .certificate()
        .flatMap(name -> Optional.ofNullable(plan.certificates().get(name)))
        // Else the certificate is the listener's mistake, and said there.
        .filter(
            certificate ->
                listener
                    .hostname()
                    .map(its -> CertificateRules.covers(certificate, its))
                    .orElse(true))
        .filter(
            certificate ->
                common.map(its -> !CertificateRules.covers(certificate, its)).orElse(false))
        .map(
            certificate ->
                Finding.error(
                        key,
                        "is not covered by the listener's certificate %s, which is for %s"
                            .formatted(
                                listener.certificate().map(DnsLabel::text).orElse(""),
                                CertificateRules.names(certificate)))
                    .given(hostname)
                    .allowed("a hostname that it covers; a wildcard covers exactly one label"))
        .map(List::of)
        .orElse(List.of());
  }

  /** The protocols of the listeners that a route attaches to if it names none. */
  private static String usual(RouteConfig route) {
    return names(Fitting.protocols(route).stream().filter(its -> its != Protocol.HTTP));
  }

  private static String names(Stream<Protocol> protocols) {
    return protocols.map(Protocol::name).collect(Collectors.joining(" or "));
  }
}
