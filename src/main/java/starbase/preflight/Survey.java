package starbase.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Collects {@link Facts}: a few requests, four more for each host that has a machine, and one for
 * each machine that is there.
 */
final class Survey {
  /** One device of a PCI mapping, as node=pve1,path=0000:01:00.0,id=10de:1b80. */
  private static final Pattern NODE = Pattern.compile("(?:^|,)node=([^,]+)");

  /** The size of a disk, as local-lvm:vm-111-disk-0,discard=on,size=20G. */
  private static final Pattern SIZE = Pattern.compile(",size=(\\d+)([KMGT]?)");

  private static final int MIB = 1024 * 1024;

  private final ProxmoxApi api;

  private Survey(ProxmoxApi api) {
    this.api = api;
  }

  /**
   * @throws ProxmoxUnreachable if Proxmox can't be reached, or rejects the token
   */
  static Facts of(ProxmoxApi api, HardwarePlan plan) throws ProxmoxUnreachable {
    return new Survey(api).facts(plan);
  }

  private Facts facts(HardwarePlan plan) throws ProxmoxUnreachable {
    var guests = new ArrayList<ProxmoxVm>();
    api.get("cluster/resources?type=vm").forEach(entry -> guests.add(ProxmoxVm.of(entry)));
    var hosts = hosts(plan);
    return new Facts(
        hosts,
        List.copyOf(guests),
        disks(plan, guests, hosts),
        Privileges.of(api.get("access/permissions")),
        mappings(),
        pools());
  }

  private Map<String, Facts.Host> hosts(HardwarePlan plan) throws ProxmoxUnreachable {
    var used = Set.copyOf(plan.hostNames());
    var hosts = new TreeMap<String, Facts.Host>();
    for (var node : api.get("nodes")) {
      var name = node.path("node").asText();
      if (node.path("status").asText().equals("offline")) {
        hosts.put(name, Facts.Host.silent("it is offline"));
      } else if (used.contains(name)) {
        hosts.put(name, host(name, node));
      } else {
        hosts.put(name, Facts.Host.unasked());
      }
    }
    return hosts;
  }

  private Facts.Host host(String name, JsonNode node) throws ProxmoxUnreachable {
    try {
      return new Facts.Host(
          Optional.empty(),
          api.get("nodes/" + name + "/version").path("version").asText(),
          node.path("maxcpu").asInt(),
          node.path("maxmem").asLong() / MIB,
          datastores(name),
          bridges(name),
          ahead(name));
    } catch (ProxmoxUnreachable e) {
      if (e.isSilence()) {
        return Facts.Host.silent(e.finding().wrong());
      }
      throw e;
    }
  }

  private Map<Integer, Map<String, Long>> disks(
      HardwarePlan plan, List<ProxmoxVm> guests, Map<String, Facts.Host> hosts)
      throws ProxmoxUnreachable {
    var disks = new TreeMap<Integer, Map<String, Long>>();
    for (var guest : guests) {
      var host = hosts.get(guest.host());
      if (host != null
          && host.silent().isEmpty()
          && plan.machines().stream().anyMatch(machine -> guest.is(machine, plan.stack()))) {
        disks.put(guest.vmId(), disks(guest));
      }
    }
    return disks;
  }

  private Map<String, Long> disks(ProxmoxVm guest) throws ProxmoxUnreachable {
    var sizes = new TreeMap<String, Long>();
    try {
      api.get("nodes/%s/qemu/%d/config".formatted(guest.host(), guest.vmId()))
          .fields()
          .forEachRemaining(
              entry -> {
                var size = SIZE.matcher(entry.getValue().asText());
                if (size.find()) {
                  sizes.put(entry.getKey(), bytes(size.group(1), size.group(2)));
                }
              });
    } catch (ProxmoxUnreachable e) {
      if (!e.isSilence() && !e.isForbidden()) {
        throw e;
      }
    }
    return sizes;
  }

  private static long bytes(String number, String unit) {
    return Long.parseLong(number) << 10 * (unit.isEmpty() ? 0 : "KMGT".indexOf(unit) + 1);
  }

  private Map<String, Facts.Datastore> datastores(String host) throws ProxmoxUnreachable {
    var all = new TreeMap<String, Facts.Datastore>();
    for (var its : api.get("nodes/" + host + "/storage?enabled=1")) {
      all.put(
          its.path("storage").asText(),
          new Facts.Datastore(
              its.path("type").asText(),
              List.of(its.path("content").asText().split(",")),
              its.path("shared").asInt() == 1,
              its.path("active").asInt() == 1,
              its.path("avail").asLong()));
    }
    return all;
  }

  private Map<String, Facts.Bridge> bridges(String host) throws ProxmoxUnreachable {
    var all = new TreeMap<String, Facts.Bridge>();
    for (var its : api.get("nodes/" + host + "/network?type=any_bridge")) {
      var linux = its.path("type").asText().equals("bridge");
      all.put(
          its.path("iface").asText(),
          new Facts.Bridge(!linux || its.path("bridge_vlan_aware").asInt() == 1));
    }
    return all;
  }

  private Duration ahead(String host) throws ProxmoxUnreachable {
    try {
      var before = Instant.now();
      var its = api.get("nodes/" + host + "/time").path("time").asLong();
      var now = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
      return Duration.ofSeconds(its - now.getEpochSecond());
    } catch (ProxmoxUnreachable e) {
      if (e.isForbidden()) {
        return Duration.ZERO;
      }
      throw e;
    }
  }

  private Map<String, Set<String>> mappings() throws ProxmoxUnreachable {
    var all = new LinkedHashMap<String, Set<String>>();
    for (var its : api.get("cluster/mapping/pci")) {
      var hosts = new HashSet<String>();
      for (var device : its.path("map")) {
        var node = NODE.matcher(device.asText());
        if (node.find()) {
          hosts.add(node.group(1));
        }
      }
      all.put(its.path("id").asText(), hosts);
    }
    return all;
  }

  private Set<String> pools() throws ProxmoxUnreachable {
    var all = new TreeSet<String>();
    api.get("pools").forEach(pool -> all.add(pool.path("poolid").asText()));
    return all;
  }
}
