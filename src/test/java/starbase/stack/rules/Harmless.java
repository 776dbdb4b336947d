package starbase.stack.rules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Whether a stack file makes a lab that works, said by a second, plain model that shares no code
 * with the program: it gives out every address one by one and opens every page.
 *
 * <p>Harmless means: each machine, Gateway and Service has an address to itself, on the LAN;
 * Gateways and Services get theirs from the pool, and nobody else's is in it; the networks share no
 * address; control planes are odd in number; everything is in a namespace that is made; no version
 * is known to be wrong; and each hostname of each application, asked for at its Gateway's address
 * at port 443 (at a node: at the node port), meets a listener for it with a certificate for it, and
 * a route to that application and no other.
 *
 * <p>Of a cluster that is made: nothing of its plan is open; each machine with a host is on one of
 * the network, with an id and a network card to itself, and large enough for Talos; the hosts are
 * spoken to at an address of one of them. No machines are made for a cluster that is there already.
 *
 * <p>All else is a free choice: names, ports behind the Gateway, images and their environment, HTTP
 * listeners that only redirect, interfaces, chart values, labels, DNS; and what is compared before
 * the first resource when it is fetched: addresses of charts and manifests, digests.
 */
final class Harmless {
  private static final String A_VERSION = "v?\\d+\\.\\d+\\.\\d+.*";

  private static final Set<String> OF_KUBERNETES =
      Set.of("default", "kube-system", "kube-public", "kube-node-lease");

  private final JsonNode config;
  private final List<String> harm = new ArrayList<>();

  private Harmless(JsonNode config) {
    this.config = expanded(config);
  }

  /** With the suffix that is given, or that of the lowest worker, else of the lowest node. */
  private static JsonNode expanded(JsonNode config) {
    var given = config.path("starbase:suffix");
    var workers = addresses(config, "worker");
    var nodes = workers.isEmpty() ? addresses(config, "controlPlane") : workers;
    var lowest = nodes.stream().min(Comparator.comparingLong(Harmless::bits)).orElse("none");
    var suffix = given.asText(lowest.replace('.', '-') + ".nip.io");
    try {
      return new ObjectMapper().readTree(config.toString().replace("${suffix}", suffix));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> addresses(JsonNode config, String role) {
    var addresses = new ArrayList<String>();
    for (var machine : config.path("starbase:machines")) {
      if (machine.path("role").asText().equals(role)) {
        addresses.add(machine.path("address").asText());
      }
    }
    return addresses;
  }

  /** What does not work; nothing if it is harmless. */
  static List<String> harm(JsonNode config) {
    var model = new Harmless(config);
    model.addresses();
    model.networks();
    model.versions();
    model.machines();
    model.namespaces();
    model.exposures();
    model.policies();
    model.pages();
    return model.harm;
  }

  private void addresses() {
    var pool = new HashSet<Long>();
    for (var block : config.at("/starbase:cilium/addresses")) {
      for (long bits = first(block.asText()); bits <= last(block.asText()); bits++) {
        no(!pool.add(bits), "address twice in the pool");
      }
    }
    var owners = new HashMap<Long, String>();
    BiConsumer<String, JsonNode> machine =
        (name, address) -> {
          if (!address.isMissingNode()) {
            own(owners, name, bits(address.asText()));
            no(pool.contains(bits(address.asText())), name + " in the pool");
          }
        };
    machine.accept("router", config.at("/starbase:network/router"));
    machine.accept("vip", config.at("/starbase:cluster/plan/vip"));
    config
        .at("/starbase:network/hosts")
        .properties()
        .forEach(e -> machine.accept(e.getKey(), e.getValue()));
    each("machines", (name, its) -> machine.accept(name, its.path("address")));
    BiConsumer<String, JsonNode> announced =
        (name, address) -> {
          if (!address.isMissingNode()) {
            own(owners, name, bits(address.asText()));
            no(!pool.contains(bits(address.asText())), name + " not in the pool");
          }
        };
    each("gateways", (name, its) -> announced.accept(name, its.path("address")));
    each("apps", (name, its) -> announced.accept(name, its.at("/service/address")));
  }

  private void own(Map<Long, String> owners, String name, long bits) {
    var before = owners.putIfAbsent(bits, name);
    no(before != null, name + " and " + before + " at one address");
    var lan = config.at("/starbase:network/lan");
    if (!lan.isMissingNode()) {
      no(bits <= first(lan.asText()) || bits >= last(lan.asText()), name + " is not on the LAN");
    }
  }

  private void networks() {
    var taken = new ArrayList<String>();
    for (var network : List.of("network/lan", "cluster/plan/pods", "cluster/plan/services")) {
      var text = config.at("/starbase:" + network);
      if (!text.isMissingNode()) {
        taken.forEach(
            other ->
                no(
                    last(other) >= first(text.asText()) && last(text.asText()) >= first(other),
                    network));
        taken.add(text.asText());
      }
    }
    int controlPlanes = addresses(config, "controlPlane").size();
    no(config.has("starbase:machines") && controlPlanes % 2 == 0, "even control planes");
  }

  /** Lines that nobody tried are warnings: what is refused is known to be wrong. */
  private void versions() {
    no(
        !config
            .at("/starbase:gatewayApi/version")
            .asText()
            .matches("v(1\\.6\\.[1-9]|1\\.([7-9]|\\d\\d)|[2-9]).*"),
        "Gateway API");
    no(
        !config.at("/starbase:cilium/chart/version").asText().matches(A_VERSION)
            || config.at("/starbase:cilium/chart/version").asText().matches("v?1\\.20\\.0.*"),
        "Cilium");
    no(
        !config.at("/starbase:certs/chart/version").asText().matches(A_VERSION)
            || config.at("/starbase:certs/chart/version").asText().matches("v?1\\.(19|20)\\..*"),
        "cert-manager");
    var kubernetes = config.at("/starbase:cluster/plan/kubernetes");
    no(
        !kubernetes.isMissingNode() && !kubernetes.asText().matches("v?1\\.3[3-6]\\.\\d.*"),
        "Kubernetes");
    for (var kind :
        List.of(
            "gatewayclasses",
            "gateways",
            "httproutes",
            "grpcroutes",
            "tlsroutes",
            "referencegrants",
            "backendtlspolicies")) {
      var file = "gateway.networking.k8s.io_" + kind + ".yaml";
      no(!config.at("/starbase:gatewayApi/files").has(file), "no " + kind);
    }
  }

  private void machines() {
    var proxmox = config.path("starbase:proxmox");
    var machines = config.path("starbase:machines");
    if (config.at("/starbase:cluster/kind").asText().equals("existing")) {
      no(!proxmox.isMissingNode() || config.has("starbase:talos"), "machines of no use");
      machines.forEach(its -> no(its.has("host"), "a host of no use"));
      return;
    }
    var plan = config.at("/starbase:cluster/plan");
    for (var wanted : List.of("kubernetes", "talos", "vip", "pods", "services")) {
      no(!plan.has(wanted), "no " + wanted);
    }
    no(!plan.path("talos").asText().matches("v?(1\\.(1[2-9]|[2-9]\\d)|[2-9]|\\d\\d).*"), "Talos");
    no(machines.isEmpty(), "no machines");
    no(
        plan.has("schedulableControlPlanes")
            && !plan.path("schedulableControlPlanes").asBoolean()
            && addresses(config, "worker").isEmpty(),
        "no node for pods");
    var hosts = config.at("/starbase:network/hosts");
    if (!proxmox.isMissingNode()) {
      var endpoint = URI.create(proxmox.path("endpoint").asText());
      no(!endpoint.toString().matches("https://[^/]+/?"), "no API");
      no(
          endpoint.getHost().matches("[0-9.]+") && !texts(hosts).contains(endpoint.getHost()),
          "nobody's API");
    }
    var ids = new HashSet<Integer>();
    var cards = new HashSet<String>();
    var defaults = config.path("starbase:machineDefaults");
    machines
        .properties()
        .forEach(
            machine -> {
              var name = machine.getKey();
              var its = machine.getValue();
              boolean leads = its.path("role").asText().equals("controlPlane");
              if (its.has("mac")) {
                var mac = its.path("mac").asText().toLowerCase(Locale.ROOT);
                no(!mac.matches("[0-9a-f][02468ace](:[0-9a-f]{2}){5}"), name + " has no card");
                no(!cards.add(mac), name + " has another's card");
              }
              if (!its.has("host")) {
                no(!its.has("mac"), name + " is unknown");
                no(of(its, defaults, "installDisk").isMissingNode(), name + " has nowhere to be");
                return;
              }
              int id = its.path("vmId").asInt();
              no(proxmox.isMissingNode(), name + " is nobody's");
              no(!hosts.has(its.path("host").asText()), name + " is nowhere");
              no(id < 100 || id > 999_999_999 || !ids.add(id), name + " has no id");
              no(of(its, defaults, "memory").asInt() < (leads ? 2048 : 1024), name + " forgets");
              no(of(its, defaults, "cores").asInt() < (leads ? 2 : 1), name + " is slow");
              no(of(its, defaults, "disk").asInt() < 10, name + " is full");
              no(of(its, defaults, "datastore").asText().isEmpty(), name + " has no disk");
              no(of(its, defaults, "bridge").asText().isEmpty(), name + " is alone");
            });
    for (var node : (Iterable<String>) config.at("/starbase:talos/patches/nodes")::fieldNames) {
      no(!machines.has(node), "no " + node);
    }
  }

  private static JsonNode of(JsonNode machine, JsonNode defaults, String key) {
    return machine.has(key) ? machine.path(key) : defaults.path(key);
  }

  private static Set<String> texts(JsonNode map) {
    var texts = new HashSet<String>();
    map.forEach(value -> texts.add(value.asText()));
    return texts;
  }

  private void namespaces() {
    var wanted = new HashSet<String>(Set.of("cert-manager"));
    wanted.add(config.at("/starbase:certs/issuer/namespace").asText());
    each("gateways", (name, its) -> wanted.add(its.path("namespace").asText()));
    each("apps", (name, its) -> wanted.add(its.path("namespace").asText()));
    for (var namespace : wanted) {
      no(
          !OF_KUBERNETES.contains(namespace) && !config.path("starbase:namespaces").has(namespace),
          "no " + namespace);
    }
  }

  private void exposures() {
    var ports = new HashSet<Integer>();
    boolean hosts = config.at("/starbase:cilium/values/gatewayAPI/hostNetwork/enabled").asBoolean();
    each(
        "gateways",
        (name, its) -> {
          no(its.has("address") == its.has("exposure"), name + " is reached in no one way");
          var exposure = its.path("exposure");
          boolean atHosts = exposure.path("kind").asText().equals("hostNetwork");
          no(atHosts != hosts, name + " and Cilium want different things");
          if (exposure.has("nodePort")) {
            int port = exposure.path("nodePort").asInt();
            no(port < 30000 || port > 32767 || !ports.add(port), name + " has no port");
          }
          for (var listener : its.path("listeners")) {
            no(
                exposure.has("nodePort")
                    && !listener.path("port").equals(its.at("/listeners/0/port")),
                name + " has two ports");
          }
        });
  }

  private void policies() {
    config
        .at("/starbase:policies/production")
        .fieldNames()
        .forEachRemaining(
            namespace -> {
              no(
                  !config.path("starbase:namespaces").has(namespace)
                      && !namespace.equals("default"),
                  namespace + " in production is none");
              no(namespace.equals("cert-manager"), "certificates are cut off");
            });
  }

  /** Each rule leads to Services that there are, and to one of them at least. */
  private void rules(String app, JsonNode its) {
    var services = new HashMap<String, Integer>();
    each(
        "apps",
        (other, that) -> {
          if (that.path("namespace").equals(its.path("namespace"))) {
            services.put(that.at("/service/name").asText(), that.at("/service/port").asInt());
            for (var variant : that.path("variants")) {
              services.put(
                  variant.at("/service/name").asText(), variant.at("/service/port").asInt());
            }
          }
        });
    for (var rule : its.at("/route/rules")) {
      int weights = 0;
      for (var backend : rule.path("backends")) {
        weights += backend.path("weight").asInt(1);
        var port = services.get(backend.path("service").asText());
        no(port == null || port != backend.path("port").asInt(), app + " leads nowhere");
      }
      no(rule.has("backends") && weights == 0, app + " answers nobody");
    }
  }

  private boolean mayAttach(JsonNode listener, JsonNode its) {
    var wanted = listener.at("/allowedRoutes/labels");
    var labels =
        config.path("starbase:namespaces").path(its.path("namespace").asText()).path("labels");
    for (var label : wanted.properties()) {
      if (!label.getKey().equals("kubernetes.io/metadata.name")
          && !labels.path(label.getKey()).equals(label.getValue())) {
        return false;
      }
    }
    return true;
  }

  private void pages() {
    each(
        "apps",
        (name, app) -> {
          rules(name, app);
          for (var hostname : app.path("hostnames")) {
            page(name, app, hostname.asText().replace("*", "any"));
          }
        });
  }

  private void page(String app, JsonNode its, String host) {
    var gateway = config.path("starbase:gateways").path(its.path("gateway").asText());
    JsonNode met = null;
    for (var listener : gateway.path("listeners")) {
      if (listener.has("certificate")
          && (gateway.has("exposure") || listener.path("port").asInt() == 443)
          && matches(listener.path("hostname").asText(), host, ".+")
          && (met == null || length(listener) > length(met))) {
        met = listener;
      }
    }
    if (met == null) {
      harm.add("nobody listens for " + host);
      return;
    }
    no(!mayAttach(met, its), app + " may not attach");
    var certificate =
        config.at("/starbase:certs/certificates").path(met.path("certificate").asText());
    boolean good = false;
    for (var name : certificate.path("dnsNames")) {
      good |= matches(name.asText(), host, "[^.]+");
    }
    no(!good, "no certificate for " + host);
    no(
        !config.at("/starbase:certs/issuer/namespace").equals(gateway.path("namespace")),
        "no secret");
    var routed = new ArrayList<String>();
    each(
        "apps",
        (other, that) -> {
          for (var hostname : that.path("hostnames")) {
            if (that.path("gateway").equals(its.path("gateway"))
                && hostname.asText().replace("*", "any").equals(host)) {
              routed.add(other);
            }
          }
        });
    no(!routed.equals(List.of(app)), host + " is routed to " + routed);
  }

  private static int length(JsonNode listener) {
    return listener.path("hostname").asText().length();
  }

  private static boolean matches(String pattern, String host, String star) {
    return pattern.isEmpty() // a listener that takes all
        || (pattern.startsWith("*.")
            ? Pattern.matches(star + Pattern.quote(pattern.substring(1)), host)
            : pattern.equals(host));
  }

  private void each(String layer, BiConsumer<String, JsonNode> does) {
    config
        .path("starbase:" + layer)
        .properties()
        .forEach(e -> does.accept(e.getKey(), e.getValue()));
  }

  private void no(boolean harmful, String what) {
    if (harmful) {
      harm.add(what);
    }
  }

  private static long first(String block) {
    return bits(block.split("[-/]")[0].strip());
  }

  private static long last(String block) {
    return block.contains("/")
        ? first(block) + (1L << (32 - Integer.parseInt(block.split("/")[1]))) - 1
        : bits(block.split("-")[1].strip());
  }

  private static long bits(String dotted) {
    long bits = 0;
    for (var part : dotted.split("\\.")) {
      bits = bits * 256 + Long.parseLong(part);
    }
    return bits;
  }
}
