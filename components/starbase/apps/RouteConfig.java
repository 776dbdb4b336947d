package starbase.apps;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.rules.Rules;

/** How requests for an application's hostnames find their way. */
public sealed interface RouteConfig {
  /** The listener that it attaches to; its Gateway must have it. */
  DnsLabel listener();

  /** Where it leads, in an application with that Service. */
  Stream<BackendConfig> backends(ServiceConfig own);

  /** The route as an object of the cluster. */
  HasMetadata route(
      ObjectMeta metadata, ParentReference parent, List<Hostname> hostnames, ServiceConfig own);

  /**
   * By what an HTTP request says. The first rule that fits best counts (the Gateway API's order:
   * path before method before headers), not the first in the list.
   *
   * @param rules at least one
   */
  record Http(List<HttpRule> rules) implements RouteConfig {
    /** All requests, to the application's own Service. */
    static final Http SIMPLE = new Http(List.of(HttpRule.ALL));

    /**
     * @throws IllegalArgumentException if there are no rules
     */
    public Http {
      some(rules);
    }

    @Override
    public DnsLabel listener() {
      return HTTPS;
    }

    @Override
    public Stream<BackendConfig> backends(ServiceConfig own) {
      return rules.stream().flatMap(rule -> rule.leadsTo(own).stream());
    }

    @Override
    public HasMetadata route(
        ObjectMeta metadata, ParentReference parent, List<Hostname> hostnames, ServiceConfig own) {
      return new HTTPRouteBuilder()
          .withMetadata(metadata)
          .withNewSpec()
          .withParentRefs(parent)
          .withHostnames(texts(hostnames))
          .withRules(rules.stream().map(rule -> rule.rule(own)).toList())
          .endSpec()
          .build();
    }
  }

  /**
   * By what a gRPC call says.
   *
   * @param rules at least one
   */
  record Grpc(List<GrpcRule> rules) implements RouteConfig {
    /**
     * @throws IllegalArgumentException if there are no rules
     */
    public Grpc {
      some(rules);
    }

    @Override
    public DnsLabel listener() {
      return HTTPS;
    }

    @Override
    public Stream<BackendConfig> backends(ServiceConfig own) {
      return rules.stream().flatMap(rule -> Backends.of(rule.backends(), own).stream());
    }

    @Override
    public HasMetadata route(
        ObjectMeta metadata, ParentReference parent, List<Hostname> hostnames, ServiceConfig own) {
      return new GRPCRouteBuilder()
          .withMetadata(metadata)
          .withNewSpec()
          .withParentRefs(parent)
          .withHostnames(texts(hostnames))
          .withRules(rules.stream().map(rule -> rule.rule(own)).toList())
          .endSpec()
          .build();
    }
  }

  /**
   * By the name in TLS' first message alone: the application ends TLS with a certificate of its
   * own, and nobody on the way sees what is said.
   *
   * @param backends where it leads; to the application's own Service if left out
   */
  record Tls(Optional<List<BackendConfig>> backends) implements RouteConfig {
    /**
     * @throws IllegalArgumentException if the backends are not such as a rule may have
     */
    public Tls {
      Backends.check(new Rules(), backends).enforce();
    }

    @Override
    public DnsLabel listener() {
      return PASSTHROUGH;
    }

    @Override
    public Stream<BackendConfig> backends(ServiceConfig own) {
      return Backends.of(backends, own).stream();
    }

    @Override
    public HasMetadata route(
        ObjectMeta metadata, ParentReference parent, List<Hostname> hostnames, ServiceConfig own) {
      return new TLSRouteBuilder()
          .withMetadata(metadata)
          .withNewSpec()
          .withParentRefs(parent)
          .withHostnames(texts(hostnames))
          .addNewRule()
          .withBackendRefs(Backends.tls(Backends.of(backends, own)))
          .endRule()
          .endSpec()
          .build();
    }
  }

  /** What routes attach to whose TLS ends at the Gateway. */
  DnsLabel HTTPS = new DnsLabel("https");

  /** What routes attach to whose TLS goes through. */
  DnsLabel PASSTHROUGH = new DnsLabel("tls");

  private static void some(List<?> rules) {
    new Rules()
        .require(!rules.isEmpty(), "rules", "is empty", "at least one rule, or no route at all")
        .enforce();
  }

  private static List<String> texts(List<Hostname> hostnames) {
    return hostnames.stream().map(Hostname::text).toList();
  }
}
