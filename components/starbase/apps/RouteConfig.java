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

/** The rules for requests to an application's hostnames. */
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
   * Routes HTTP requests by path, method, headers and query. The most specific rule wins, by the
   * Gateway API's order (path, method, headers), not the first in the list.
   *
   * @param rules the rules, at least one
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
   * Routes gRPC calls by service, method and metadata.
   *
   * @param rules the rules, at least one
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
   * Routes TLS connections by the name in their first message; the application ends TLS with its
   * own certificate, so Gateways do not see the content.
   *
   * @param backends the targets; default: the application's own Service
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
   * @param backends the targets; default: the application's own Service
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
