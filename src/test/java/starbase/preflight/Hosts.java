package starbase.preflight;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What two Proxmox hosts answer that have all that the plan needs, and what is wrong with them. */
final class Hosts {
  private final Map<String, Api.Answer> answers = new HashMap<>();

  Hosts() {
    data("cluster/resources", "[]");
    data("cluster/mapping/pci", "[]");
    data("pools", "[]");
    may(Privileges.ALL.split(" "));
    nodes("online");
    for (var host : List.of("pve1", "pve2")) {
      version(host, "9.1.1");
      storages(
          host,
          storage("local", "dir", "iso,vztmpl,backup,import", 90, false),
          storage("local-lvm", "lvmthin", "images,rootdir", 500, false));
      data("nodes/%s/network".formatted(host), "[{\"iface\":\"vmbr0\",\"type\":\"bridge\"}]");
      clock(host, 0);
      for (int vmId : List.of(111, 121, 122)) {
        config(host, vmId, "{}");
      }
    }
  }

  Map<String, Api.Answer> answers() {
    return answers;
  }

  Hosts nodes(String statusOfTheSecond) {
    return data(
        "nodes",
        """
        [{"node":"pve1","status":"online","maxcpu":16,"maxmem":68719476736},
         {"node":"pve2","status":"%s","maxcpu":16,"maxmem":68719476736}]\
        """
            .formatted(statusOfTheSecond));
  }

  Hosts guests(String... guests) {
    return data("cluster/resources", "[" + String.join(",", guests) + "]");
  }

  Hosts config(String host, int vmId, String config) {
    return data("nodes/%s/qemu/%d/config".formatted(host, vmId), config);
  }

  static String guest(int vmId, String host, String name, String tags) {
    return "{\"vmid\":%d,\"node\":\"%s\",\"type\":\"qemu\",\"tags\":\"%s\"%s}"
        .formatted(vmId, host, tags, name.isEmpty() ? "" : ",\"name\":\"" + name + "\"");
  }

  Hosts may(String... privileges) {
    return data(
        "access/permissions",
        "{\"/\":{%s}}"
            .formatted(
                Stream.of(privileges).map("\"%s\":1"::formatted).collect(Collectors.joining(","))));
  }

  Hosts version(String host, String version) {
    return data("nodes/%s/version".formatted(host), "{\"version\":\"%s\"}".formatted(version));
  }

  Hosts clock(String host, int ahead) {
    return data(
        "nodes/%s/time".formatted(host),
        "{\"time\":%d}".formatted(Instant.now().getEpochSecond() + ahead));
  }

  Hosts storages(String host, String... storages) {
    return data("nodes/%s/storage".formatted(host), "[" + String.join(",", storages) + "]");
  }

  static String storage(String name, String type, String content, int freeGib, boolean shared) {
    return """
    {"storage":"%s","type":"%s","content":"%s","active":1,"enabled":1,"shared":%d,"avail":%d}\
    """
        .formatted(name, type, content, shared ? 1 : 0, ((long) freeGib) << 30);
  }

  Hosts data(String path, String json) {
    return answer(path, 200, "{\"data\":" + json + "}");
  }

  Hosts answer(String path, int status, String body) {
    answers.put(path, new Api.Answer(status, body));
    return this;
  }
}
