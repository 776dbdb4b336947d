package starbase.apps;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeader;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderFilterBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathModifier;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import starbase.net.Hostname;
import starbase.net.Port;
import starbase.rules.Rules;

/** Changes a request or its response. */
public sealed interface HttpFilter {
  /** The same as the Gateway API has it. */
  HTTPRouteFilter filter();

  /** Whether it answers itself, so that no backend gets the request. */
  default boolean answers() {
    return false;
  }

  /** Whether it works on what a prefix matched. */
  default boolean needsPrefix() {
    return false;
  }

  /**
   * Changes the headers of the request.
   *
   * @param set headers that get this value only
   * @param add headers that get this value in addition
   * @param remove the names of headers to remove
   */
  record RequestHeaders(
      Optional<Map<String, String>> set,
      Optional<Map<String, String>> add,
      Optional<List<String>> remove)
      implements HttpFilter {
    /**
     * @throws IllegalArgumentException if nothing is changed, or a name is no header's
     */
    public RequestHeaders {
      headers(set, add, remove).enforce();
    }

    @Override
    public HTTPRouteFilter filter() {
      return new HTTPRouteFilterBuilder()
          .withType("RequestHeaderModifier")
          .withRequestHeaderModifier(modifier(set, add, remove))
          .build();
    }
  }

  /**
   * Changes the headers of the response.
   *
   * @param set headers that get this value only
   * @param add headers that get this value in addition
   * @param remove the names of headers to remove
   */
  record ResponseHeaders(
      Optional<Map<String, String>> set,
      Optional<Map<String, String>> add,
      Optional<List<String>> remove)
      implements HttpFilter {
    /**
     * @throws IllegalArgumentException if nothing is changed, or a name is no header's
     */
    public ResponseHeaders {
      headers(set, add, remove).enforce();
    }

    @Override
    public HTTPRouteFilter filter() {
      return new HTTPRouteFilterBuilder()
          .withType("ResponseHeaderModifier")
          .withResponseHeaderModifier(modifier(set, add, remove))
          .build();
    }
  }

  /**
   * Redirects the client.
   *
   * @param scheme http or https; default: the request's
   * @param hostname the new host; default: the request's
   * @param port the new port
   * @param path the new path
   * @param prefix the text that replaces the matched prefix of the path
   * @param statusCode 301 or 302; default: 302
   */
  record Redirect(
      Optional<String> scheme,
      Optional<Hostname> hostname,
      Optional<Port> port,
      Optional<String> path,
      Optional<String> prefix,
      Optional<Integer> statusCode)
      implements HttpFilter {
    /**
     * @throws IllegalArgumentException if it redirects each request to itself, or a part of it is
     *     none
     */
    public Redirect {
      paths(path, prefix)
          .require(
              scheme.isPresent()
                  || hostname.isPresent()
                  || port.isPresent()
                  || path.isPresent()
                  || prefix.isPresent(),
              "",
              "redirects each request to itself",
              "at least one of scheme, hostname, port, path and prefix")
          .require(
              scheme.map(its -> Set.of("http", "https").contains(its)).orElse(true),
              "scheme",
              "is not a scheme of a redirect",
              "http or https")
          .require(
              hostname.map(its -> !its.isWildcard()).orElse(true),
              "hostname",
              "is a wildcard",
              "the name of one host")
          .require(
              statusCode.map(its -> its == 301 || its == 302).orElse(true),
              "statusCode",
              "is not a status code of a redirect",
              "301 or 302")
          .enforce();
    }

    @Override
    public HTTPRouteFilter filter() {
      return new HTTPRouteFilterBuilder()
          .withType("RequestRedirect")
          .withNewRequestRedirect()
          .withScheme(scheme.orElse(null))
          .withHostname(hostname.map(Hostname::text).orElse(null))
          .withPort(port.map(Port::number).orElse(null))
          .withPath(pathModifier(path, prefix))
          .withStatusCode(statusCode.orElse(null))
          .endRequestRedirect()
          .build();
    }

    @Override
    public boolean answers() {
      return true;
    }

    @Override
    public boolean needsPrefix() {
      return prefix.isPresent();
    }
  }

  /**
   * Changes the host or the path that the backend sees.
   *
   * @param hostname the new host
   * @param path the new path
   * @param prefix the text that replaces the matched prefix of the path
   */
  record Rewrite(Optional<Hostname> hostname, Optional<String> path, Optional<String> prefix)
      implements HttpFilter {
    /**
     * @throws IllegalArgumentException if it changes nothing, or a part of it is none
     */
    public Rewrite {
      paths(path, prefix)
          .require(
              hostname.isPresent() || path.isPresent() || prefix.isPresent(),
              "",
              "changes nothing",
              "at least one of hostname, path and prefix")
          .require(
              hostname.map(its -> !its.isWildcard()).orElse(true),
              "hostname",
              "is a wildcard",
              "the name of one host")
          .enforce();
    }

    @Override
    public HTTPRouteFilter filter() {
      return new HTTPRouteFilterBuilder()
          .withType("URLRewrite")
          .withNewUrlRewrite()
          .withHostname(hostname.map(Hostname::text).orElse(null))
          .withPath(pathModifier(path, prefix))
          .endUrlRewrite()
          .build();
    }

    @Override
    public boolean needsPrefix() {
      return prefix.isPresent();
    }
  }

  private static Rules headers(
      Optional<Map<String, String>> set,
      Optional<Map<String, String>> add,
      Optional<List<String>> remove) {
    var rules =
        new Rules()
            .require(
                !set.orElse(Map.of()).isEmpty()
                    || !add.orElse(Map.of()).isEmpty()
                    || !remove.orElse(List.of()).isEmpty(),
                "",
                "changes no header",
                "at least one of set, add and remove");
    var setNames = UniqueNames.ofHeaders(rules);
    set.orElse(Map.of()).keySet().forEach(name -> header(rules, setNames, "set", name));
    var addNames = UniqueNames.ofHeaders(rules);
    add.orElse(Map.of()).keySet().forEach(name -> header(rules, addNames, "add", name));
    var removeNames = UniqueNames.ofHeaders(rules);
    for (int i = 0; i < remove.orElse(List.of()).size(); i++) {
      var name = remove.orElse(List.of()).get(i);
      removeNames.take("remove[" + i + "]", name);
      rules.require(
          ValueMatch.TOKEN.matcher(name).matches(),
          "remove[" + i + "]",
          "is not a header name",
          ValueMatch.FORM);
      rules.require(
          !setNames.hold(name) && !addNames.hold(name),
          "remove[" + i + "]",
          "is set or added by the same filter",
          "one of the two; set replaces the values that the request or answer came with");
    }
    return rules;
  }

  private static void header(Rules rules, UniqueNames names, String map, String name) {
    names.take(map + "." + name, name);
    rules.requireKey(
        ValueMatch.TOKEN.matcher(name).matches(),
        map,
        name,
        "is not a header name",
        ValueMatch.FORM);
  }

  private static HTTPHeaderFilter modifier(
      Optional<Map<String, String>> set,
      Optional<Map<String, String>> add,
      Optional<List<String>> remove) {
    return new HTTPHeaderFilterBuilder()
        .withSet(list(set))
        .withAdd(list(add))
        .withRemove(remove.orElse(List.of()))
        .build();
  }

  private static List<HTTPHeader> list(Optional<Map<String, String>> headers) {
    return headers.orElse(Map.of()).entrySet().stream()
        .map(header -> new HTTPHeader(header.getKey(), header.getValue()))
        .toList();
  }

  private static Rules paths(Optional<String> path, Optional<String> prefix) {
    return new Rules()
        .require(
            path.isEmpty() || prefix.isEmpty(),
            "prefix",
            "can't be combined with path",
            "one of the two")
        .require(
            path.map(its -> its.startsWith("/")).orElse(true),
            "path",
            "is not a path",
            "one that starts with a slash, such as /api")
        .require(
            prefix.map(its -> its.startsWith("/")).orElse(true),
            "prefix",
            "is not a path",
            "one that starts with a slash, such as /api");
  }

  private static @Nullable HTTPPathModifier pathModifier(
      Optional<String> path, Optional<String> prefix) {
    return path.map(its -> new HTTPPathModifier(its, null, "ReplaceFullPath"))
        .or(() -> prefix.map(its -> new HTTPPathModifier(null, its, "ReplacePrefixMatch")))
        .orElse(null);
  }
}
