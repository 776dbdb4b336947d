package starbase.preflight;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import starbase.findings.Finding;

/**
 * The storages of each host: that they are there, take what is put on them, and have room. Disks
 * that are there do not shrink: Proxmox can't do that.
 */
final class StorageChecks {
  private static final String IMAGE = "starbase:proxmox.image.datastore";
  private static final long GIB = 1L << 30;

  /** An image of Talos with some extensions has 100 to 400 MiB. */
  private static final long IMAGE_SIZE = GIB / 2;

  private final Facts facts;
  private final HardwarePlan plan;

  /** By what is wrong, so that one mistake is said once for all the hosts and machines it is on. */
  private final Map<String, Finding> findings = new LinkedHashMap<>();

  private StorageChecks(Facts facts, HardwarePlan plan) {
    this.facts = facts;
    this.plan = plan;
  }

  static List<Finding> findings(Facts facts, HardwarePlan plan) {
    var checks = new StorageChecks(facts, plan);
    for (var host : plan.hostNames()) {
      facts.answering(host).ifPresent(its -> checks.host(host, its));
    }
    plan.machines().forEach(checks::shrinking);
    return new ArrayList<>(checks.findings.values());
  }

  /** Whether the storage of the images is one and the same on all hosts. */
  static boolean imagesAreShared(Facts facts, HardwarePlan plan) {
    return plan.hostNames().stream()
        .flatMap(host -> facts.answering(host).stream())
        .flatMap(host -> Optional.ofNullable(host.datastores().get(plan.imageDatastore())).stream())
        .anyMatch(Facts.Datastore::shared);
  }

  private void host(String name, Facts.Host host) {
    usable(IMAGE, plan.imageDatastore(), "import", name, host)
        .filter(store -> store.available() < IMAGE_SIZE)
        .ifPresent(
            store ->
                add(
                    Finding.warning(
                            IMAGE,
                            "has %d MiB free on %s; the image of Talos takes up to %d"
                                .formatted(store.available() >> 20, name, IMAGE_SIZE >> 20))
                        .given(plan.imageDatastore())
                        .remedy("on %s: pvesm list %s".formatted(name, plan.imageDatastore()))));
    var space = new TreeMap<String, Long>();
    var keys = new TreeMap<String, String>();
    for (var machine : plan.machines()) {
      if (!machine.host().equals(name)) {
        continue;
      }
      for (int i = 0; i < machine.disks().size(); i++) {
        var disk = machine.disks().get(i);
        var field = i == 0 ? "datastore" : "extraDisks[%d].datastore".formatted(i - 1);
        keys.putIfAbsent(disk.datastore(), machine.key(field));
        long more = disk.size() * GIB - present(machine, i);
        if (more > 0) {
          space.merge(disk.datastore(), more, Long::sum);
        }
      }
    }
    keys.forEach(
        (datastore, key) ->
            usable(key, datastore, "images", name, host)
                .ifPresent(
                    store -> room(key, datastore, store, name, space.getOrDefault(datastore, 0L))));
  }

  /** Bytes of a disk that are there already; all of them if they are not known. */
  private long present(PlannedMachine machine, int disk) {
    return facts.isMissing(machine)
        ? 0
        : facts.size(machine, disk).orElse(machine.disks().get(disk).size() * GIB);
  }

  private void shrinking(PlannedMachine machine) {
    for (int i = 0; i < machine.disks().size(); i++) {
      int wanted = machine.disks().get(i).size();
      long present = present(machine, i);
      if (wanted * GIB < present) {
        add(
            Finding.error(
                    machine.key(i == 0 ? "disk" : "extraDisks[%d].size".formatted(i - 1)),
                    "is less than the present size of %s of %s, %s: a disk can grow but not shrink"
                        .formatted(PlannedMachine.disk(i), machine.name(), gib(present)))
                .given(wanted)
                .remedy(
                    "at least %d, in GiB; or a machine of another name with the smaller disk, and this one out of the stack file"
                        .formatted((present + GIB - 1) / GIB)));
      }
    }
  }

  private static String gib(long bytes) {
    return bytes % GIB == 0 ? bytes / GIB + " GiB" : "%.1f GiB".formatted((double) bytes / GIB);
  }

  /** A thin storage takes more than it has, until it is full. */
  private void room(String key, String name, Facts.Datastore store, String host, long wanted) {
    if (wanted <= store.available()) {
      return;
    }
    var said =
        "has %d GiB free on %s, and the disks need %d GiB more"
            .formatted(store.available() / GIB, host, wanted / GIB);
    var finding =
        store.type().equals("lvm")
            ? Finding.error(key, said)
            : Finding.warning(key, said + ": it may run full");
    add(
        finding
            .given(name)
            .remedy(
                "smaller disks, another datastore, or on %s: pvesm list %s".formatted(host, name)));
  }

  /** The storage, if it can be used for that. */
  private Optional<Facts.Datastore> usable(
      String key, String name, String content, String hostName, Facts.Host host) {
    if (!facts.granted().seesDatastore(name)) {
      return Optional.empty();
    }
    var store = host.datastores().get(name);
    if (store == null) {
      add(
          Finding.error(key, "is not a storage of " + hostName)
              .given(name)
              .allowed(name, host.datastores().keySet()));
      return Optional.empty();
    }
    if (!store.active()) {
      add(
          Finding.error(key, "is not active on " + hostName)
              .given(name)
              .remedy("on %s: pvesm status --storage %s".formatted(hostName, name)));
      return Optional.empty();
    }
    if (!store.content().contains(content)) {
      var all = new ArrayList<>(store.content());
      all.add(content);
      add(
          Finding.error(key, "does not allow content type \"%s\"".formatted(content))
              .given(name)
              .remedy(
                  "on a host: pvesm set %s --content %s".formatted(name, String.join(",", all))));
      return Optional.empty();
    }
    return Optional.of(store);
  }

  private void add(Finding finding) {
    findings.putIfAbsent(finding.given() + finding.wrong(), finding);
  }
}
