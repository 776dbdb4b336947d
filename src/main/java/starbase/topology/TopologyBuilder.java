package starbase.topology;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.apps.BackendConfig;
import starbase.apps.WorkloadConfig;
import starbase.certs.CertificateConfig;
import starbase.dns.Audience;
import starbase.dns.LiveAddresses;
import starbase.findings.Finding;
import starbase.gateways.GatewayConfig;
import starbase.gateways.ListenerConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.stack.LabConfig;

/** Draws the lines of a lab: which node there is, and where requests go on from it. */
final class TopologyBuilder {
  private final LabConfig lab;
  private final LiveAddresses live;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();

  private TopologyBuilder(LabConfig lab, LiveAddresses live) {
    this.lab = lab;
    this.live = live;
  }

  static Topology of(LabConfig lab, LiveAddresses live) {
    var wiring = new TopologyBuilder(lab, live);
    lab.apps().forEach(wiring::serviceAddress);
    lab.gateways().forEach(wiring::gateway);
    lab.apps().forEach(wiring::route);
    return new Topology(List.copyOf(wiring.nodes.values()), List.copyOf(wiring.edges), List.of());
  }

  private void serviceAddress(DnsLabel name, AppConfig app) {
    app.service()
        .address()
        .filter(asked -> app.workload().isPresent()) // else the Service is somebody else's
        .ifPresent(
            asked -> {
              var key = "starbase:apps.%s.service.address".formatted(name);
              var given = Optional.ofNullable(live.services().get(name));
              var names = app.service().hostname().map(Hostname::text).stream().toList();
              var address = address(asked, given, names, Audience.INTERNAL, key);
              line(client(Audience.INTERNAL), address);
              var own =
                  new BackendConfig(app.service().name(), app.service().port(), Optional.empty());
              line(address, service(name, app, own, audience(app)));
            });
  }

  private void gateway(DnsLabel name, GatewayConfig gateway) {
    var key = "starbase:gateways.%s".formatted(name);
    var audience = audience(name);
    var itself =
        node(
            "gateway-" + name,
            Column.GATEWAY,
            name.text(),
            List.of(audience.text()),
            audience,
            key);
    var address = address(name, gateway, audience, key);
    line(client(audience), address);
    line(address, itself);
    for (int i = 0; i < gateway.listeners().size(); i++) {
      var listener = gateway.listeners().get(i);
      line(itself, listener(name, gateway, listener, "%s.listeners[%d]".formatted(key, i)));
    }
  }

  /** Its own address, or that of any node: of a node's, nobody asked for a certain one. */
  private String address(DnsLabel name, GatewayConfig gateway, Audience audience, String key) {
    var given = Optional.ofNullable(live.gateways().get(name));
    var asked = gateway.exposed().asked();
    if (asked.isPresent()) {
      return address(asked.get(), given, List.of(), audience, key + ".address");
    }
    var port = gateway.clientPort(gateway.listeners().get(0));
    return node(
        "nodes-" + port,
        Column.ADDRESS,
        "any node :" + port,
        given.map(address -> "as " + address).stream().toList(),
        audience,
        key + ".exposure");
  }

  private String listener(
      DnsLabel gateway, GatewayConfig config, ListenerConfig listener, String key) {
    var redirects =
        config.redirecting().contains(listener) ? Stream.of("sends to https") : Stream.<String>of();
    var itself =
        node(
            listenerId(gateway, listener.name()),
            Column.LISTENER,
            "%s :%s".formatted(listener.name(), listener.port()),
            Stream.concat(Stream.of(listener.taken()), redirects).toList(),
            audience(gateway),
            key);
    listener
        .certificate()
        .ifPresent(certificate -> line(itself, certificate(gateway, listener, certificate)));
    return itself;
  }

  /** A certificate that several listeners show is a node at each: lines stay apart. */
  private String certificate(DnsLabel gateway, ListenerConfig listener, DnsLabel name) {
    var details =
        Optional.ofNullable(lab.certs().certificates().get(name))
            .map(CertificateConfig::dnsNames)
            .map(names -> names.stream().map(Hostname::text).toList())
            .orElse(List.of("not made by this lab"));
    return node(
        certificateId(gateway, listener),
        Column.CERTIFICATE,
        name.text(),
        details,
        audience(gateway),
        "starbase:certs.certificates.%s".formatted(name));
  }

  private void route(DnsLabel name, AppConfig app) {
    var audience = audience(app);
    var route =
        node(
            "route-" + name,
            Column.ROUTE,
            name.text(),
            app.hostnames().stream().map(Hostname::text).toList(),
            audience,
            "starbase:apps.%s".formatted(name));
    lab.attachments(app).forEach(its -> line(beforeRoutes(its.gateway(), its.listener()), route));
    for (var backend : app.backends()) {
      line(route, service(name, app, backend, audience));
    }
  }

  private String service(DnsLabel name, AppConfig app, BackendConfig backend, Audience audience) {
    var id = "service-%s/%s".formatted(app.namespace(), backend.service());
    if (nodes.containsKey(id)) {
      return id;
    }
    var made =
        app.made(name).entrySet().stream()
            .filter(each -> each.getValue().service().name().equals(backend.service()))
            .findFirst();
    var key = key(name, made.map(Map.Entry::getKey));
    node(
        id,
        Column.SERVICE,
        "%s :%s".formatted(backend.service(), backend.port()),
        List.of("in " + app.namespace()),
        audience,
        key + ".service");
    line(
        id,
        made.map(each -> pods(each.getKey(), each.getValue().workload(), audience, key))
            .orElseGet(() -> foreignPods(backend, app, audience, key)));
    return id;
  }

  /** Where a Service and its workload stand in the stack file. */
  private static String key(DnsLabel app, Optional<DnsLabel> pods) {
    return pods.filter(its -> !its.equals(app))
        .map(its -> its.text().substring(app.text().length() + 1))
        .map(variant -> "starbase:apps.%s.variants.%s".formatted(app, variant))
        .orElse("starbase:apps.%s".formatted(app));
  }

  private String pods(DnsLabel name, WorkloadConfig workload, Audience audience, String key) {
    return node(
        "pods-" + name,
        Column.PODS,
        "%d × %s".formatted(workload.replicas().orElse(1), name),
        List.of(workload.image().substring(workload.image().lastIndexOf('/') + 1)),
        audience,
        key + ".workload");
  }

  private String foreignPods(BackendConfig backend, AppConfig app, Audience audience, String key) {
    return node(
        "pods-%s/%s".formatted(app.namespace(), backend.service()),
        Column.PODS,
        "pods",
        List.of("not made by this lab"),
        audience,
        key + ".workload");
  }

  private String address(
      Address asked, Optional<Address> given, List<String> names, Audience audience, String key) {
    var shown = given.orElse(asked);
    var id = node("address-" + shown, Column.ADDRESS, shown.toString(), names, audience, key);
    if (!given.equals(Optional.of(asked))) {
      var got = given.map(address -> "the cluster gave " + address).orElse("the cluster gave none");
      nodes.computeIfPresent(
          id, (any, node) -> node.with(Finding.error(key, "was asked for; " + got).given(asked)));
    }
    return id;
  }

  private String client(Audience audience) {
    return audience == Audience.EXTERNAL
        ? node(
            "client-external",
            Column.CLIENT,
            "LAN and outside",
            List.of("outside: by the router"),
            audience,
            "starbase:dns.external")
        : node("client-internal", Column.CLIENT, "LAN only", List.of(), audience, "");
  }

  /** Who is meant to reach an application: those outside if one of its Gateways is for them. */
  private Audience audience(AppConfig app) {
    return app.reachedBy().keySet().stream()
            .anyMatch(gateway -> audience(gateway) == Audience.EXTERNAL)
        ? Audience.EXTERNAL
        : Audience.INTERNAL;
  }

  private Audience audience(DnsLabel gateway) {
    return lab.dns().map(dns -> dns.audience(gateway)).orElse(Audience.INTERNAL);
  }

  private String node(
      String id, Column column, String title, List<String> details, Audience audience, String key) {
    nodes.putIfAbsent(id, new Node(id, column, title, details, audience, key, List.of()));
    return id;
  }

  private void line(String from, String to) {
    edges.add(new Edge(from, to));
  }

  private static String beforeRoutes(DnsLabel gateway, ListenerConfig listener) {
    return listener.certificate().isPresent()
        ? certificateId(gateway, listener)
        : listenerId(gateway, listener.name());
  }

  private static String listenerId(DnsLabel gateway, DnsLabel listener) {
    return "listener-%s/%s".formatted(gateway, listener);
  }

  private static String certificateId(DnsLabel gateway, ListenerConfig listener) {
    return "certificate-%s/%s".formatted(gateway, listener.name());
  }
}
