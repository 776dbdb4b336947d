package starbase.stack.rules;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import starbase.testing.StackYaml;

/**
 * A valid lab of any size: the one of Pulumi.lab.yaml with a network, machines, Gateways,
 * certificates and applications of its own. Each choice is made so that it can't be wrong.
 */
final class RandomPlan {
  private static final List<String> PARENTS =
      List.of("lab.example", "starbasestudio.uk", "a.b.test", "${suffix}", "apps.${suffix}");

  private final Random random;
  private final StackYaml stack = new StackYaml();
  private final Deque<String> pooled = new ArrayDeque<>();
  private final List<String> machines = new ArrayList<>();
  private final String parent;
  private final boolean made;
  private int names;

  private RandomPlan(long seed) {
    this.random = new Random(seed);
    this.parent = PARENTS.get(random.nextInt(PARENTS.size()));
    this.made = random.nextBoolean();
  }

  static StackYaml of(long seed) {
    var plan = new RandomPlan(seed);
    plan.network();
    if (plan.made) {
      plan.madeCluster();
    } else {
      plan.existingCluster();
    }
    plan.suffix();
    plan.certificates();
    plan.gateways();
    plan.policies();
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
    if (!made && random.nextInt(4) == 0) {
      stack.config().remove("starbase:network");
      return;
    }
    var network = map("starbase:network");
    network.put("lan", lan + ".0/24").put("router", machine());
    var hosts = network.putObject("hosts");
    for (int i = (made ? 1 : 0) + random.nextInt(3); i > 0; i--) {
      hosts.put(name("host"), machine());
    }
    if (random.nextBoolean()) {
      network.put("dhcp", lan + ".64-" + lan + "." + (64 + random.nextInt(64)));
    }
    if (random.nextBoolean()) {
      network.putArray("dns").add(network.path("router").asText()).add("9.9.9.9");
    }
  }

  private void existingCluster() {
    stack
        .config()
        .remove(List.of("starbase:proxmox", "starbase:machineDefaults", "starbase:talos"));
    stack.config().remove("starbase:machines");
    var cluster = map("starbase:cluster").put("kind", "existing").put("identifier", "Lab 1");
    // Not Talos, whose version it would say.
    cluster.put("apiServer", "192.168.1.250:" + (6443 + random.nextInt(2)));
    if (random.nextInt(4) > 0) {
      nodes();
      var plan = cluster.putObject("plan").put("kubernetes", kubernetes());
      if (random.nextBoolean()) {
        plan.put("vip", machine());
      }
      if (random.nextBoolean()) {
        networks(plan);
      }
    }
  }

  private void madeCluster() {
    var cluster = map("starbase:cluster").put("kind", "talos").put("identifier", name("lab"));
    var plan = cluster.putObject("plan").put("talos", "v1.13." + random.nextInt(9));
    plan.put("vip", machine());
    plan.put("kubernetes", kubernetes());
    networks(plan);
    var nodes = nodes();
    hardware(nodes);
    if (random.nextBoolean()) {
      var node = nodes.fieldNames().next();
      map("starbase:talos")
          .putObject("patches")
          .putObject("nodes")
          .putArray(node)
          .addObject()
          .putObject("machine");
    }
  }

  private String kubernetes() {
    return "1." + (33 + random.nextInt(4)) + "." + random.nextInt(9);
  }

  private ObjectNode nodes() {
    var nodes = map("starbase:machines");
    for (int i = 1 + 2 * random.nextInt(3); i > 0; i--) {
      nodes.putObject(name("cp")).put("role", "controlPlane").put("address", machine());
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      nodes.putObject(name("w")).put("role", "worker").put("address", machine());
    }
    return nodes;
  }

  private void networks(ObjectNode plan) {
    plan.put("pods", "10.244.0.0/16").put("services", "10.96.0.0/" + (12 + random.nextInt(8)));
  }

  /** Machines without a host are there already. */
  private void hardware(ObjectNode nodes) {
    var hosts = new ArrayList<String>();
    stack.config().at("/starbase:network/hosts").fieldNames().forEachRemaining(hosts::add);
    if (random.nextInt(8) == 0) {
      stack.config().remove("starbase:proxmox");
      map("starbase:machineDefaults").putObject("installDisk").put("path", "/dev/sda");
      for (var its : nodes) {
        ((ObjectNode) its).put("mac", "02:00:00:00:01:%02x".formatted(names++ % 256));
      }
      return;
    }
    var proxmox = map("starbase:proxmox");
    var address = stack.config().at("/starbase:network/hosts/" + hosts.get(0)).asText();
    proxmox.put("endpoint", random.nextBoolean() ? "https://" + address + ":8006" : "https://pve/");
    var image = proxmox.putObject("image").put("datastore", "local");
    image.putArray("extensions");
    map("starbase:machineDefaults")
        .put("memory", 2048 + random.nextInt(9000))
        .put("cores", 2 + random.nextInt(4))
        .put("disk", 10 + random.nextInt(100))
        .put("datastore", List.of("local-lvm", "ceph_1", "z.2").get(random.nextInt(3)))
        .put("bridge", List.of("vmbr0", "vnet1").get(random.nextInt(2)));
    int index = 0;
    for (var its : nodes) {
      hardware((ObjectNode) its, index++, hosts);
    }
  }

  /** Ids and cards are made of the machine's index, so that no two are the same. */
  private void hardware(ObjectNode its, int index, List<String> hosts) {
    int least = its.path("role").asText().equals("worker") ? 1 : 2;
    its.put("host", hosts.get(random.nextInt(hosts.size())));
    its.put(
        "vmId", random.nextBoolean() ? 100 + index : 100_000 * (index + 1) + random.nextInt(99));
    if (random.nextBoolean()) {
      its.put("cores", least + random.nextInt(4));
      its.put("memory", 1024 * least + random.nextInt(9000));
      its.put("mac", "02:00:00:00:00:%02x".formatted(index));
      its.put("cpuType", "x86-64-v2-AES").put("pool", "a/b").put("protect", random.nextBoolean());
    }
    if (random.nextBoolean()) {
      its.put("vlan", 1 + random.nextInt(4094)).put("mtu", 1280 + random.nextInt(8000));
      its.putArray("extraInterfaces").addObject().put("bridge", "vmbr1");
      its.put("onBoot", random.nextBoolean()).putArray("tags").add("gpu").add("c++");
      its.putArray("pci").add("gpu");
      its.putArray("extraDisks").addObject().put("size", 1).put("datastore", "local-lvm");
    }
  }

  /** One that is given, at the latest where there is no node to make it of. */
  private void suffix() {
    if (parent.contains("suffix")
        && (random.nextBoolean() || !stack.config().has("starbase:machines"))) {
      stack.config().put("starbase:suffix", "platform.example");
    }
  }

  private void certificates() {
    var certs = (ObjectNode) stack.config().path("starbase:certs");
    if (random.nextBoolean()) {
      certs
          .putObject("issuer")
          .put("kind", "internalCa")
          .put("name", name("ca"))
          .put("namespace", "gateway");
    }
    if (random.nextBoolean()) {
      ((ObjectNode) stack.config().path("starbase:cilium"))
          .putObject("encryption")
          .put("kind", List.of("none", "wireGuard", "ztunnel").get(random.nextInt(3)));
    }
    var certificates = certs.putObject("certificates");
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
      var its = gateways.putObject(gateway).put("namespace", "gateway");
      boolean atNodes = random.nextInt(3) == 0;
      if (atNodes) {
        its.putObject("exposure").put("kind", "nodePort").put("nodePort", 30000 + names);
      } else {
        its.put("address", pooled.pop());
      }
      var listeners = its.putArray("listeners");
      if (!atNodes && random.nextBoolean()) {
        listeners.addObject().put("name", "http").put("port", 80).put("hostname", "*." + parent);
      }
      boolean wild = random.nextBoolean();
      var hostname = wild ? "*." + parent : name("only") + "." + parent;
      var certificate = wild || random.nextBoolean() ? "wildcard" : own(hostname);
      listeners
          .addObject()
          .put("name", "https")
          .put("port", atNodes ? port() : 443)
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
      if (random.nextBoolean()) {
        canary(app, service);
      }
    }
  }

  /** A variant that gets a share of the requests, and all of those with a header. */
  private void canary(ObjectNode app, ObjectNode stable) {
    var canary = app.putObject("variants").putObject(name("canary"));
    var service = canary.putObject("service").put("name", name("svc")).put("port", port());
    canary
        .putObject("workload")
        .put("image", "docker.io/traefik/whoami:v1.11.0")
        .put("port", port());
    var rules = app.putObject("route").put("kind", "http").putArray("rules");
    var header = rules.addObject();
    header
        .putArray("matches")
        .addObject()
        .put("method", List.of("GET", "POST").get(random.nextInt(2)))
        .putArray("headers")
        .addObject()
        .put("name", "x-canary")
        .put("value", "true");
    backend(header.putArray("backends"), service);
    var shares = rules.addObject().putArray("backends");
    backend(shares, stable).put("weight", random.nextInt(100));
    backend(shares, service).put("weight", 1 + random.nextInt(100));
  }

  private static ObjectNode backend(ArrayNode backends, ObjectNode service) {
    return backends
        .addObject()
        .put("service", service.path("name").asText())
        .put("port", service.path("port").asInt());
  }

  /** Production is where the lab makes all pods that routes lead to. */
  private void policies() {
    var production = new TreeSet<>(List.of("argocd", "app-x"));
    stack
        .config()
        .path("starbase:apps")
        .forEach(
            app -> {
              if (!app.has("workload")) {
                production.remove(app.path("namespace").asText());
              }
            });
    if (random.nextBoolean()) {
      var namespaces = map("starbase:policies").putObject("production");
      production.forEach(namespaces::putObject);
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
