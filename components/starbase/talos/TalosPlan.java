package starbase.talos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.kubernetes.Values;
import starbase.machines.InstallDiskConfig;
import starbase.machines.MacAddress;
import starbase.machines.Machine;
import starbase.net.Hostname;
import starbase.net.InterfaceAddress;

/** The machine configs: patches laid over what {@code talosctl gen config} writes. */
final class TalosPlan {
  /**
   * The name that a network card gets, with its number: the kernel's own names depend on firmware,
   * slot and arguments. Talos asks for one that no kernel gives.
   */
  private static final String LINK = "net";

  /**
   * A virtual machine starts from a disk that has Talos, so nothing is installed there. Talos wants
   * a path all the same: that of the first disk on the controller that it gets.
   */
  private static final String FIRST_DISK = "/dev/sda";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private TalosPlan() {}

  /**
   * The patches of one machine, in the order that they are laid on. A patch may hold only one
   * document of a kind, so each of the stack file's is a patch of its own.
   */
  static List<String> patches(Machine machine, TalosConfig config, TalosCluster cluster) {
    var theirs =
        config
            .patches()
            .map(patches -> patches.of(machine.name(), machine.role()))
            .orElse(List.of());
    return Stream.concat(
            Stream.of(yaml(documents(machine, cluster))),
            theirs.stream().map(patch -> yaml(List.of(patch))))
        .toList();
  }

  /** What the plan says of one machine. */
  static List<Map<String, Object>> documents(Machine machine, TalosCluster cluster) {
    var documents = new ArrayList<Map<String, Object>>();
    documents.add(
        machine.isControlPlane()
            ? Values.merge(everywhere(machine, cluster), controlPlane(machine, cluster))
            : everywhere(machine, cluster));
    // gen config's own document says auto: stable, and both can't be.
    documents.add(document("HostnameConfig", "auto", "off", "hostname", machine.name().text()));
    documents.addAll(links(machine));
    documents.add(resolver(machine));
    machine
        .settings()
        .timeServers()
        .ifPresent(
            servers ->
                documents.add(document("TimeSyncConfig", "ntp", Map.of("servers", servers))));
    if (machine.isControlPlane()) {
      documents.add(document("Layer2VIPConfig", "name", cluster.vip(), "link", lan(machine)));
    }
    return documents;
  }

  /**
   * The link that the LAN is on: a VLAN of its own, unless the machine's host takes the tag off.
   */
  private static String lan(Machine machine) {
    return machine
        .settings()
        .vlan()
        .filter(tag -> machine.host().isEmpty())
        .map(tag -> LINK + "0." + tag)
        .orElse(LINK + "0");
  }

  /** The network cards by their hardware addresses, and what is said of each. */
  private static List<Map<String, Object>> links(Machine machine) {
    var settings = machine.settings();
    var documents = new ArrayList<Map<String, Object>>();
    documents.addAll(
        card(
            machine,
            0,
            machine.mac().orElseThrow(),
            settings.vlan(),
            settings.mtu(),
            Optional.of(machine.cidr()),
            map("routes", List.of(Map.of("gateway", machine.network().router().toString())))));
    for (var extra : machine.extraInterfaces()) {
      int index = machine.extraInterfaces().indexOf(extra);
      documents.addAll(
          card(
              machine,
              index + 1,
              machine.mac(index).orElseThrow(),
              extra.vlan(),
              extra.mtu(),
              extra.address().map(InterfaceAddress::toString),
              map()));
    }
    return documents;
  }

  private static List<Map<String, Object>> card(
      Machine machine,
      int number,
      MacAddress mac,
      Optional<Integer> vlan,
      Optional<Integer> mtu,
      Optional<String> address,
      Map<String, Object> routes) {
    var name = LINK + number;
    var documents = new ArrayList<Map<String, Object>>();
    documents.add(
        document(
            "LinkAliasConfig",
            "name",
            name,
            "selector",
            map(
                "match",
                "mac(link.permanent_addr) == \"%s\""
                    .formatted(mac.text().toLowerCase(Locale.ROOT)))));
    var link = document("LinkConfig", "name", name);
    mtu.ifPresent(bytes -> link.put("mtu", bytes));
    documents.add(link);
    var at = link;
    if (vlan.isPresent() && machine.host().isEmpty()) {
      at = document("VLANConfig", "name", name + "." + vlan.get(), "vlanID", vlan.get());
      at.put("parent", name);
      documents.add(at);
    }
    if (address.isPresent()) {
      at.put("addresses", List.of(Map.of("address", address.get())));
    }
    at.putAll(routes);
    return documents;
  }

  private static Map<String, Object> resolver(Machine machine) {
    var resolver = document("ResolverConfig", "nameservers", nameServers(machine));
    machine
        .settings()
        .searchDomains()
        .ifPresent(
            domains ->
                resolver.put(
                    "searchDomains",
                    map("domains", domains.stream().map(Hostname::text).toList())));
    return resolver;
  }

  /** For all machines. Only a machine's own address is its node's: never the shared one. */
  private static Map<String, Object> everywhere(Machine machine, TalosCluster cluster) {
    var plan = cluster.plan();
    return map(
        "machine",
        map(
            "install",
            install(machine),
            "nodeLabels",
            machine.nodeLabels(),
            "kubelet",
            map("nodeIP", map("validSubnets", List.of(own(machine)))),
            "features",
            map(
                // Behind Cilium's eBPF masquerading, pods don't get a host's answers
                // (cilium#36737).
                "hostDNS",
                map("enabled", true, "forwardKubeDNSToHost", false),
                "kubePrism",
                map("enabled", true, "port", 7445))),
        "cluster",
        map(
            "network",
            map(
                "cni",
                map("name", "none"),
                "podSubnets",
                List.of(plan.pods().orElseThrow().toString()),
                "serviceSubnets",
                List.of(plan.services().orElseThrow().toString())),
            "proxy",
            map("disabled", true)));
  }

  private static Map<String, Object> install(Machine machine) {
    var disk = machine.settings().installDisk();
    var install = map("disk", disk.flatMap(InstallDiskConfig::path).orElse(FIRST_DISK));
    disk.map(InstallDiskConfig::selector)
        .filter(selector -> !selector.isEmpty())
        .ifPresent(
            selector -> {
              install.remove("disk");
              install.put("diskSelector", selector);
            });
    install.put("image", machine.installer());
    return install;
  }

  private static Map<String, Object> controlPlane(Machine machine, TalosCluster cluster) {
    var its =
        map(
            "apiServer",
            map("certSANs", List.of(cluster.vip())),
            "etcd",
            map("advertisedSubnets", List.of(own(machine))));
    if (cluster.schedulesOnControlPlanes()) {
      its.put("allowSchedulingOnControlPlanes", true);
    }
    return map("cluster", its);
  }

  private static String own(Machine machine) {
    return machine.address() + "/32";
  }

  private static List<Map<String, Object>> nameServers(Machine machine) {
    return machine.nameServers().stream().map(server -> map("address", server.toString())).toList();
  }

  private static Map<String, Object> document(String kind, Object... keysAndValues) {
    var document = map("apiVersion", "v1alpha1", "kind", kind);
    document.putAll(map(keysAndValues));
    return document;
  }

  /** Keeps the order of the keys, so that a diff shows changes only. */
  private static Map<String, Object> map(Object... keysAndValues) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  private static String yaml(List<Map<String, Object>> documents) {
    return documents.stream().map(TalosPlan::yaml).collect(Collectors.joining("---\n"));
  }

  private static String yaml(Map<String, Object> document) {
    try {
      return YAML.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and scalars are YAML", e);
    }
  }
}
