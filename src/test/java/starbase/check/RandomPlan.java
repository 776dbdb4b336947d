package starbase.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import starbase.testing.StackYaml;

/**
 * A valid lab of any size: the one of Pulumi.lab.yaml with a network, machines, Gateways,
 * certificates and applications of its own. Each choice is made so that it can't be wrong.
 */
final class RandomPlan {
  private static final List<String> PARENTS =
      List.of("lab.example", "starbasestudio.uk", "a.b.test");

  private final Random random;
  private final StackYaml stack = new StackYaml();
  private final Deque<String> pooled = new ArrayDeque<>();
  private final List<String> machines = new ArrayList<>();
  private final String parent;
  private int names;

  private RandomPlan(long seed) {
    this.random = new Random(seed);
    this.parent = PARENTS.get(random.nextInt(PARENTS.size()));
  }

  static StackYaml of(long seed) {
    var plan = new RandomPlan(seed);
    plan.network();
    plan.cluster();
    plan.certificates();
    plan.gateways();
    return plan.stack;
  }

  /** The pool is the upper half of the LAN, DHCP the quarter before it, machines come below. */
  private void network() {
    var lan =
        random.nextBoolean() ? "192.168." + random.nextInt(256) : "172.20." + random.nextInt(256);
    int from = 128 + random.nextInt(60);
    int to = from + 30 + random.nextInt(30);
    for (int i = from; i <= to; i++) {
      pooled.add(lan + "." + i);
    }
    for (int i = 1; i < 64; i++) {
      machines.add(lan + "." + i);
    }
    Collections.shuffle(machines, random);
    var pool = list("starbase:cilium", "addresses");
    int split = from + random.nextInt(to - from);
    pool.add(lan + "." + from + "-" + lan + "." + split);
    pool.add(lan + "." + (split + 1) + "-" + lan + "." + to);
    if (random.nextInt(4) == 0) {
      stack.config().remove("starbase:network");
      return;
    }
    var network = map("starbase:network");
    network.put("lan", lan + ".0/24").put("router", machine());
    var hosts = network.putObject("hosts");
    for (int i = random.nextInt(4); i > 0; i--) {
      hosts.put(name("host"), machine());
    }
    if (random.nextBoolean()) {
      network.put("dhcp", lan + ".64-" + lan + "." + (64 + random.nextInt(64)));
    }
    if (random.nextBoolean()) {
      network.putArray("dns").add(network.path("router").asText()).add("9.9.9.9");
    }
  }

  private void cluster() {
    var cluster = (ObjectNode) stack.config().path("starbase:cluster");
    if (random.nextInt(4) == 0) {
      cluster.remove("plan");
      return;
    }
    var plan = cluster.putObject("plan");
    plan.put("kubernetes", "1." + (33 + random.nextInt(4)) + "." + random.nextInt(9));
    var controlPlanes = plan.putObject("controlPlanes");
    for (int i = 1 + 2 * random.nextInt(3); i > 0; i--) {
      controlPlanes.put(name("cp"), machine());
    }
    var workers = plan.putObject("workers");
    for (int i = random.nextInt(6); i > 0; i--) {
      workers.put(name("w"), machine());
    }
    if (random.nextBoolean()) {
      plan.put("vip", machine());
    }
    if (random.nextBoolean()) {
      plan.put("pods", "10.244.0.0/16").put("services", "10.96.0.0/" + (12 + random.nextInt(8)));
    }
  }

  private void certificates() {
    var certificates =
        ((ObjectNode) stack.config().path("starbase:certs")).putObject("certificates");
    certificates
        .putObject("wildcard")
        .put("commonName", parent)
        .putArray("dnsNames")
        .add("*." + parent)
        .add(parent);
  }

  private void gateways() {
    var gateways = map("starbase:gateways");
    var apps = map("starbase:apps");
    stack.config().remove("starbase:dns");
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      var gateway = name("gateway");
      var its =
          gateways.putObject(gateway).put("namespace", "gateway").put("address", pooled.pop());
      var listeners = its.putArray("listeners");
      if (random.nextBoolean()) {
        listeners.addObject().put("name", "http").put("port", 80).put("hostname", "*." + parent);
      }
      boolean wild = random.nextBoolean();
      var hostname = wild ? "*." + parent : name("only") + "." + parent;
      var certificate = wild || random.nextBoolean() ? "wildcard" : own(hostname);
      listeners
          .addObject()
          .put("name", "https")
          .put("port", 443)
          .put("hostname", hostname)
          .put("certificate", certificate);
      for (int j = wild ? random.nextInt(4) : 1; j > 0; j--) {
        application(apps, gateway, wild ? name("page") + "." + parent : hostname);
      }
    }
  }

  private String own(String hostname) {
    var name = name("cert");
    ((ObjectNode) stack.config().at("/starbase:certs/certificates"))
        .putObject(name)
        .put("commonName", hostname)
        .putArray("dnsNames")
        .add(hostname);
    return name;
  }

  private void application(ObjectNode apps, String gateway, String hostname) {
    var app = apps.putObject(name("app"));
    app.put("namespace", List.of("argocd", "app-x", "default").get(random.nextInt(3)));
    app.put("gateway", gateway).putArray("hostnames").add(hostname);
    var service = app.putObject("service").put("name", name("svc")).put("port", port());
    if (random.nextBoolean()) {
      var workload = app.putObject("workload").put("image", "docker.io/traefik/whoami:v1.11.0");
      workload.put("port", port()).put("replicas", random.nextInt(4));
      if (random.nextBoolean()) {
        service.put("address", pooled.pop());
      }
    }
  }

  private String machine() {
    return machines.remove(0);
  }

  private int port() {
    return 1 + random.nextInt(65535);
  }

  private String name(String kind) {
    return kind + "-" + names++;
  }

  private ObjectNode map(String key) {
    return stack.config().putObject(key);
  }

  private ArrayNode list(String layer, String key) {
    return ((ObjectNode) stack.config().path(layer)).putArray(key);
  }
}
