package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import starbase.findings.Severity;
import starbase.stack.StackFile;
import starbase.testing.StackYaml;

/**
 * Edits of a stack file that a person might make of what has a name or an address, drawn by a seed.
 * The application {@link #STEADY} and its Gateway are never touched: their page has to answer
 * throughout.
 */
final class RandomEdits {
  static final String STEADY = "homepage";
  private static final String STEADY_GATEWAY = "gateway-external";

  private static final String APPS = "/starbase:apps";
  private static final String GATEWAYS = "/starbase:gateways";
  private static final List<String> NAMES = List.of("shop", "store", "front", "desk", "page");
  private static final List<String> NAMESPACES = List.of("argocd", "app-x", "homepage");
  private static final int FIRST_ADDRESS = 101;
  private static final int LAST_ADDRESS = 108;

  /** One kind of edit; false if it finds nothing in the file to change. */
  private interface Kind {
    boolean edit(StackYaml stack);
  }

  private final Random random;
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private int added;

  RandomEdits(Random random) {
    this.random = random;
    kinds.put("an application's key", this::renameApp);
    kinds.put("a Service's name", this::renameService);
    kinds.put("an application's namespace", this::moveApp);
    kinds.put("a Service's address", this::readdressService);
    kinds.put("a Gateway's address", this::readdressGateway);
    kinds.put("a Gateway's name", this::renameGateway);
    kinds.put("a workload that becomes a variant", this::toVariant);
    kinds.put("a variant that becomes the workload", this::fromVariant);
    kinds.put("a hostname", this::renameHost);
    kinds.put("a number of pods", this::scale);
    kinds.put("a new application", this::addApp);
    kinds.put("an application less", this::removeApp);
    kinds.put("a Service that becomes a Gateway", this::gatewayAtServicesAddress);
    kinds.put("a Gateway less", this::removeGateway);
  }

  /** The names of all kinds of edits. */
  Set<String> kinds() {
    return kinds.keySet();
  }

  /** A small stack: the lab's, on a cluster of two nodes that is there already. */
  static StackYaml first() {
    var stack = StackYaml.existing();
    stack.set(
        "/starbase:cluster/plan/kubernetes",
        new StackYaml().config().at("/starbase:cluster/plan/kubernetes"));
    // Such a cluster has no address that control planes share.
    stack.set("/starbase:cluster/apiServer", new TextNode("192.168.1.11:6443"));
    ((ObjectNode) stack.config().path("starbase:machines")).retain("cp1", "w1");
    ((ObjectNode) stack.config().at(APPS + "/app-x/workload")).put("replicas", 1);
    ((ObjectNode) stack.config().at(APPS + "/app-x/service")).remove("hostname");
    stack.config().remove("starbase:dns");
    // Any application can be at any Gateway.
    for (var gateway : List.of("gateway-internal", STEADY_GATEWAY)) {
      var https = (ObjectNode) stack.config().at(GATEWAYS + "/" + gateway + "/listeners/1");
      https.put("hostname", "*.starbasestudio.uk").put("certificate", "cert-starbase");
    }
    return stack;
  }

  /** The same file, in which one application's Service asks for that address. */
  static StackYaml withAddress(StackYaml stack, String address) {
    var changed = stack.copy();
    service(changed, apps(changed).get(0)).put("address", address);
    return changed;
  }

  /**
   * Makes one to three edits of a file.
   *
   * @param before the file; stays as it is
   * @param made gets what was edited, in words
   */
  StackYaml edit(StackYaml before, List<String> made) {
    var wanted = 1 + random.nextInt(3);
    var stack = before;
    while (made.size() < wanted) {
      var kind = pick(new ArrayList<>(kinds.entrySet()));
      var tried = stack.copy();
      if (kind.getValue().edit(tried)
          && !List.of(stack.text(), before.text()).contains(tried.text())
          && isRight(tried)) {
        made.add(kind.getKey());
        stack = tried;
      }
    }
    return stack;
  }

  private static boolean isRight(StackYaml stack) {
    return StackFile.parse(stack.text()).checked().findings().stream()
        .noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  private boolean renameApp(StackYaml stack) {
    return rename(map(stack, APPS), app(stack), pick(NAMES));
  }

  private boolean renameService(StackYaml stack) {
    service(stack, app(stack)).put("name", pick(NAMES) + "-svc");
    return true;
  }

  private boolean moveApp(StackYaml stack) {
    its(stack, app(stack)).put("namespace", pick(NAMESPACES));
    return true;
  }

  private boolean readdressService(StackYaml stack) {
    var service = service(stack, app(stack));
    if (service.has("address") && random.nextInt(4) == 0) {
      service.remove("address");
      return true;
    }
    return readdress(stack, service);
  }

  private boolean readdressGateway(StackYaml stack) {
    var gateways = gateways(stack);
    return readdress(stack, (ObjectNode) stack.config().at(GATEWAYS + "/" + pick(gateways)));
  }

  /** Takes an address. If it is in use, its holder gets the taker's former one, or none. */
  private boolean readdress(StackYaml stack, ObjectNode taker) {
    var wanted = "192.168.1." + pick(IntStream.rangeClosed(FIRST_ADDRESS, LAST_ADDRESS));
    var former = taker.path("address").asText("");
    for (var holder : holders(stack)) {
      if (holder.path("address").asText().equals(wanted)) {
        if (former.isEmpty() && holder.has("listeners")) {
          return false; // a Gateway needs an address
        }
        if (former.isEmpty()) {
          holder.remove("address");
        } else {
          holder.put("address", former);
        }
      }
    }
    var steady = stack.config().at(GATEWAYS + "/" + STEADY_GATEWAY + "/address").asText();
    taker.put("address", wanted);
    return !wanted.equals(steady) && !wanted.equals(former);
  }

  private boolean renameGateway(StackYaml stack) {
    var former = pick(gateways(stack));
    var name = "gateway-" + pick(NAMES);
    if (!rename(map(stack, GATEWAYS), former, name)) {
      return false;
    }
    for (var app : map(stack, APPS)) {
      if (app.path("gateway").asText().equals(former)) {
        ((ObjectNode) app).put("gateway", name);
      }
    }
    return true;
  }

  private boolean toVariant(StackYaml stack) {
    var app = its(stack, app(stack));
    if (app.has("variants")) {
      return false;
    }
    var old = app.deepCopy().retain("service", "workload");
    ((ObjectNode) old.path("service")).remove("address");
    app.withObject("/variants").set("old", old);
    ((ObjectNode) app.path("service")).put("name", pick(NAMES) + "-main");
    return true;
  }

  private boolean fromVariant(StackYaml stack) {
    var app = its(stack, app(stack));
    var old = app.at("/variants/old");
    if (old.isMissingNode()) {
      return false;
    }
    app.remove("variants");
    ((ObjectNode) app.path("service")).set("name", old.at("/service/name"));
    return true;
  }

  private boolean renameHost(StackYaml stack) {
    var hosts = (ArrayNode) its(stack, app(stack)).path("hostnames");
    hosts.set(0, new TextNode(pick(NAMES) + added++ + ".starbasestudio.uk"));
    return true;
  }

  private boolean scale(StackYaml stack) {
    ((ObjectNode) its(stack, app(stack)).path("workload")).put("replicas", 1 + random.nextInt(2));
    return true;
  }

  private boolean addApp(StackYaml stack) {
    var name = pick(NAMES);
    var apps = map(stack, APPS);
    if (apps.has(name) || apps.size() > 4) {
      return false;
    }
    var app = its(stack, app(stack)).deepCopy();
    app.remove("variants");
    app.put("namespace", pick(NAMESPACES));
    app.putArray("hostnames").add("new" + added++ + ".starbasestudio.uk");
    ((ObjectNode) app.path("service")).put("name", name).remove("address");
    apps.set(name, app);
    return true;
  }

  private boolean removeApp(StackYaml stack) {
    var apps = map(stack, APPS);
    return apps.size() > 2 && apps.remove(app(stack)) != null;
  }

  private boolean gatewayAtServicesAddress(StackYaml stack) {
    var service = service(stack, app(stack));
    var name = "gateway-" + pick(NAMES);
    var gateways = map(stack, GATEWAYS);
    if (!service.has("address") || gateways.has(name) || gateways.size() > 3) {
      return false;
    }
    var gateway = (ObjectNode) gateways.path(STEADY_GATEWAY).deepCopy();
    gateway.set("address", service.remove("address"));
    gateways.set(name, gateway);
    return true;
  }

  /** Its applications move to another Gateway, and one of them takes its address. */
  private boolean removeGateway(StackYaml stack) {
    var gone = pick(gateways(stack));
    var gateways = map(stack, GATEWAYS);
    if (gateways.size() < 3) {
      return false;
    }
    var address = gateways.remove(gone).path("address");
    for (var app : map(stack, APPS)) {
      if (app.path("gateway").asText().equals(gone)) {
        ((ObjectNode) app).put("gateway", STEADY_GATEWAY);
      }
    }
    service(stack, app(stack)).set("address", address);
    return true;
  }

  private static boolean rename(ObjectNode map, String former, String name) {
    if (map.has(name)) {
      return false;
    }
    map.set(name, map.remove(former));
    return true;
  }

  /** All that may have an address. */
  private List<ObjectNode> holders(StackYaml stack) {
    var holders = new ArrayList<ObjectNode>();
    gateways(stack).forEach(each -> holders.add((ObjectNode) map(stack, GATEWAYS).path(each)));
    apps(stack).forEach(each -> holders.add(service(stack, each)));
    return holders;
  }

  private String app(StackYaml stack) {
    return pick(apps(stack));
  }

  private static List<String> apps(StackYaml stack) {
    return others(map(stack, APPS), STEADY);
  }

  private static List<String> gateways(StackYaml stack) {
    return others(map(stack, GATEWAYS), STEADY_GATEWAY);
  }

  private static List<String> others(ObjectNode map, String steady) {
    var names = new TreeSet<String>();
    map.fieldNames().forEachRemaining(names::add);
    names.remove(steady);
    return List.copyOf(names);
  }

  private static ObjectNode its(StackYaml stack, String app) {
    return (ObjectNode) map(stack, APPS).path(app);
  }

  private static ObjectNode service(StackYaml stack, String app) {
    return (ObjectNode) its(stack, app).path("service");
  }

  private static ObjectNode map(StackYaml stack, String pointer) {
    JsonNode map = stack.config().at(pointer);
    return (ObjectNode) map;
  }

  private int pick(IntStream numbers) {
    var all = numbers.toArray();
    return all[random.nextInt(all.length)];
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
