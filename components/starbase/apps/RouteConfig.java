package starbase.apps;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1alpha2.TCPRouteBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.net.Hostname;
import starbase.rules.Rules;

/** How requests for an application's hostnames find their way. */
public sealed interface RouteConfig {
  /** Where it leads, in an application with that Service. */
  Stream<BackendConfig> backends(ServiceConfig own);

  /** The value of {@code route.kind} in the stack file. */
  default String kind() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Whether the Gateway decodes requests and can route by their content. */
  default boolean seesRequests() {
    return true;
  }

  /** The route as an object of the cluster. */
  HasMetadata route(
      ObjectMeta metadata,
      List<ParentReference> parents,
      List<Hostname> hostnames,
      ServiceConfig own);

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
    public Stream<BackendConfig> backends(ServiceConfig own) {
      return rules.stream().flatMap(rule -> rule.leadsTo(own).stream());
    }

    @Override
    public HasMetadata route(
        ObjectMeta metadata,
        List<ParentReference> parents,
        List<Hostname> hostnames,
        ServiceConfig own) {
      return new HTTPRouteBuilder()
          .withMetadata(metadata)
          .withNewSpec()
          .withParentRefs(parents)
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
    public Stream<BackendConfig> backends(ServiceConfig own) {
      return rules.stream().flatMap(rule -> Backends.of(rule.backends(), own).stream());
    }

    @Override
    public HasMetadata route(
        ObjectMeta metadata,
        List<ParentReference> parents,
        List<Hostname> hostnames,
        ServiceConfig own) {
      return new GRPCRouteBuilder()
          .withMetadata(metadata)
          .withNewSpec()
          .withParentRefs(parents)
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
    public Stream<BackendConfig> backends(ServiceConfig own) {
      return Backends.of(backends, own).stream();
    }

    @Override
    public boolean seesRequests() {
      return false;
    }

    @Override
    public HasMetadata route(
        ObjectMeta metadata,
        List<ParentReference> parents,
        List<Hostname> hostnames,
        ServiceConfig own) {
      return new TLSRouteBuilder()
          .withMetadata(metadata)
          .withNewSpec()
          .withParentRefs(parents)
          .withHostnames(texts(hostnames))
          .addNewRule()
          .withBackendRefs(Backends.streams(Backends.of(backends, own)))
          .endRule()
          .endSpec()
          .build();
    }
  }

  /**
   * Routes all connections to a TCP listener. TCP carries no hostname, so the application's
   * hostnames only serve clients, through DNS.
   *
   * @param backends where it leads; to the application's own Service if left out
   */
  record Tcp(Optional<List<BackendConfig>> backends) implements RouteConfig {
    /** The version that Cilium reads. fabric8 models an older version with the same fields. */
    private static final String VERSION = "gateway.networking.k8s.io/v1";

    /**
     * @throws IllegalArgumentException if the backends are not such as a rule may have
     */
    public Tcp {
      Backends.check(new Rules(), backends).enforce();
    }

    @Override
    public Stream<BackendConfig> backends(ServiceConfig own) {
      return Backends.of(backends, own).stream();
    }

    @Override
    public boolean seesRequests() {
      return false;
    }

    @Override
    public HasMetadata route(
        ObjectMeta metadata,
        List<ParentReference> parents,
        List<Hostname> hostnames,
        ServiceConfig own) {
      return new TCPRouteBuilder()
          .withApiVersion(VERSION)
          .withMetadata(metadata)
          .withNewSpec()
          .withParentRefs(parents)
          .addNewRule()
          .withBackendRefs(Backends.streams(Backends.of(backends, own)))
          .endRule()
          .endSpec()
          .build();
    }
  }

  private static void some(List<?> rules) {
    new Rules()
        .require(!rules.isEmpty(), "rules", "is empty", "at least one rule, or no route at all")
        .enforce();
  }

  private static List<String> texts(List<Hostname> hostnames) {
    return hostnames.stream().map(Hostname::text).toList();
  }
}
