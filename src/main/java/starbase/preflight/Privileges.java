package starbase.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import starbase.findings.Finding;

/**
 * What a token may do, by path; each privilege with whether it counts for the paths below too.
 *
 * <p>Proxmox lists the paths that have a rule of their own (source: pve-access-control,
 * RPCEnvironment.pm, get_effective_permissions). A path that is not listed has what is passed down
 * from the deepest one above it.
 */
record Privileges(Map<String, Map<String, Boolean>> byPath) {
  /**
   * What the token's user is given, on the path /. The same for Proxmox 8.4 and 9. Held against
   * what the virtual lab's token may do.
   */
  static final String ALL =
      "Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit"
          + " Mapping.Use Pool.Allocate Pool.Audit SDN.Use Sys.Audit Sys.Modify"
          + " VM.Allocate VM.Audit VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit"
          + " VM.Config.Disk VM.Config.HWType VM.Config.Memory VM.Config.Network"
          + " VM.Config.Options VM.Migrate VM.PowerMgmt";

  static final String GRANT =
      "on a host: pveum role modify Starbase --privs \"%s\" && pveum acl modify / --users starbase@pve --roles Starbase"
          .formatted(ALL);

  private static final String VMS = "/vms/";
  private static final String SEES_STORAGE = "Datastore.Audit";
  private static final String USES_BRIDGE = "SDN.Use";

  static Privileges of(JsonNode data) {
    var byPath = new TreeMap<String, Map<String, Boolean>>();
    data.fields()
        .forEachRemaining(
            path -> {
              var privileges = new TreeMap<String, Boolean>();
              path.getValue()
                  .fields()
                  .forEachRemaining(
                      its -> privileges.put(its.getKey(), its.getValue().asInt() == 1));
              byPath.put(path.getKey(), privileges);
            });
    return new Privileges(byPath);
  }

  /** One finding with everything that is missing, and the command that grants it. */
  List<Finding> findings(HardwarePlan plan) {
    var missing = new TreeMap<String, Set<String>>();
    needed(plan)
        .forEach(
            (path, privileges) ->
                privileges.stream()
                    .filter(privilege -> !allows(path, privilege))
                    .forEach(
                        privilege ->
                            missing
                                .computeIfAbsent(privilege, any -> new TreeSet<>())
                                .add(path.startsWith(VMS) ? "/vms" : path)));
    if (missing.isEmpty()) {
      return List.of();
    }
    var said = new ArrayList<String>();
    missing.forEach((privilege, paths) -> said.add(privilege + " on " + String.join(", ", paths)));
    return List.of(
        Finding.error(Token.KEY, "lacks privileges: " + String.join("; ", said)).remedy(GRANT));
  }

  /** Whether Proxmox shows the token that storage. */
  boolean seesDatastore(String name) {
    return allows(datastore(name), SEES_STORAGE);
  }

  /** Whether Proxmox shows the token that bridge. */
  boolean seesBridge(String name) {
    return allows(bridge(name), USES_BRIDGE);
  }

  boolean seesMapping(String name) {
    return allows(mapping(name), "Mapping.Use");
  }

  boolean seesPool(String name) {
    return allows(pool(name), "Pool.Audit");
  }

  /**
   * By path. Source: the permissions of each call in Proxmox's API viewer, for what the provider
   * (0.111.1) calls.
   */
  private Map<String, Set<String>> needed(HardwarePlan plan) {
    var needed = new TreeMap<String, Set<String>>();
    // The order of startup, and downloads by a host.
    needed.put("/", Set.of("Sys.Audit", "Sys.Modify"));
    add(
        needed,
        datastore(plan.imageDatastore()),
        List.of("Datastore.Allocate", "Datastore.AllocateTemplate", SEES_STORAGE));
    var machine = List.of(ALL.split(" ")).stream().filter(any -> any.startsWith("VM.")).toList();
    for (var its : plan.machines()) {
      // What is granted on a pool counts for its machines.
      add(
          needed,
          VMS + its.vmId(),
          machine.stream()
              .filter(any -> !its.pool().map(name -> allows(pool(name), any)).orElse(false))
              .toList());
      its.disks()
          .forEach(
              disk ->
                  add(
                      needed,
                      datastore(disk.datastore()),
                      List.of("Datastore.AllocateSpace", SEES_STORAGE)));
      its.cards().forEach(card -> add(needed, bridge(card.bridge()), List.of(USES_BRIDGE)));
      its.pci().forEach(name -> add(needed, mapping(name), List.of("Mapping.Use")));
      its.pool().ifPresent(name -> add(needed, pool(name), List.of("Pool.Allocate", "Pool.Audit")));
    }
    return needed;
  }

  private static void add(Map<String, Set<String>> needed, String path, List<String> privileges) {
    needed.computeIfAbsent(path, any -> new HashSet<>()).addAll(privileges);
  }

  private static String datastore(String name) {
    return "/storage/" + name;
  }

  private static String mapping(String name) {
    return "/mapping/pci/" + name;
  }

  private static String pool(String name) {
    return "/pool/" + name;
  }

  private static String bridge(String name) {
    return "/sdn/zones/localnetwork/" + name;
  }

  private boolean allows(String path, String privilege) {
    var own = byPath.get(path);
    if (own != null) {
      return own.containsKey(privilege);
    }
    for (var above = parent(path); ; above = parent(above)) {
      var its = byPath.get(above);
      if (its != null) {
        return its.getOrDefault(privilege, false);
      }
      if (above.equals("/")) {
        return false;
      }
    }
  }

  private static String parent(String path) {
    int end = path.lastIndexOf('/');
    return end <= 0 ? "/" : path.substring(0, end);
  }
}
