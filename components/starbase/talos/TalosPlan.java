package starbase.talos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.kubernetes.Values;
import starbase.machines.Machine;

/** The machine configs: patches laid over what {@code talosctl gen config} writes. */
final class TalosPlan {
  /** Factory images for Proxmox boot with net.ifnames=0. */
  private static final String LINK = "eth0";

  /** The first disk of a virtio-scsi-pci controller. */
  private static final String DISK = "/dev/sda";

  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private TalosPlan() {}

  /**
   * The patches of one machine, in the order that they are laid on. A patch may hold only one
   * document of a kind, so each of the stack file's is a patch of its own.
   */
  static List<String> patches(Machine machine, TalosConfig config, TalosCluster cluster) {
    var theirs = config.patches().map(patches -> patches.of(machine)).orElse(List.of());
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
    documents.add(
        document(
            "LinkConfig",
            "name",
            LINK,
            "addresses",
            List.of(Map.of("address", machine.cidr())),
            "routes",
            List.of(Map.of("gateway", machine.network().router().toString()))));
    documents.add(document("ResolverConfig", "nameservers", nameServers(machine)));
    // Talos' own default, written out: a machine does not start etcd before it knows the time.
    documents.add(
        document("TimeSyncConfig", "ntp", Map.of("servers", List.of("time.cloudflare.com"))));
    if (machine.isControlPlane()) {
      documents.add(document("Layer2VIPConfig", "name", cluster.vip(), "link", LINK));
    }
    return documents;
  }

  /** For all machines. Only a machine's own address is its node's: never the shared one. */
  private static Map<String, Object> everywhere(Machine machine, TalosCluster cluster) {
    var plan = cluster.plan();
    return map(
        "machine",
        map(
            "install",
            map("disk", DISK, "image", machine.installer()),
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

  private static Map<String, Object> controlPlane(Machine machine, TalosCluster cluster) {
    return map(
        "cluster",
        map(
            "apiServer",
            map("certSANs", List.of(cluster.vip())),
            "etcd",
            map("advertisedSubnets", List.of(own(machine)))));
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
