package starbase.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import starbase.net.Address;
import starbase.net.DnsLabel;

/**
 * One virtual machine, as it will be.
 *
 * @param name its own and its node's
 * @param config what the stack file says of it
 * @param controlPlane whether it is one
 * @param mac of its network card
 * @param address its own and the length of the LAN's, as 192.168.1.11/24
 * @param router the LAN's
 * @param servers who it asks for names
 * @param tags all of them
 * @param agent whether Proxmox finds somebody to talk to in it
 * @param image what its first disk is made from
 */
record Machine(
    DnsLabel name,
    MachineConfig config,
    boolean controlPlane,
    MacAddress mac,
    String address,
    String router,
    List<String> servers,
    List<String> tags,
    boolean agent,
    Image image) {
  /** All machines, control planes first. */
  static List<Machine> of(ProxmoxConfig config, Site site, List<Image> images) {
    var machines = new ArrayList<Machine>();
    site.plan()
        .nodes()
        .forEach(
            (name, address) -> {
              var its = config.machines().get(name);
              if (its == null) {
                throw new IllegalStateException("the plan was checked: each node has a machine");
              }
              var image =
                  images.stream()
                      .filter(any -> any.host().equals(its.host()))
                      .findFirst()
                      .orElseThrow();
              machines.add(machine(config, site, name, its, address, image));
            });
    return List.copyOf(machines);
  }

  private static Machine machine(
      ProxmoxConfig config,
      Site site,
      DnsLabel name,
      MachineConfig its,
      Address address,
      Image image) {
    var network = site.network();
    return new Machine(
        name,
        its,
        site.plan().controlPlanes().containsKey(name),
        its.mac(site.cluster(), name),
        "%s/%d".formatted(address, network.lan().length()),
        network.router().toString(),
        network.dns().orElse(List.of(network.router())).stream().map(Address::toString).toList(),
        Tags.of(site.stack(), its.tags().orElse(List.of())),
        config.image().schematic().hasAgent(),
        image);
  }

  /** Whether Pulumi refuses to delete it. */
  boolean isProtected() {
    return config.isProtected(controlPlane);
  }

  /** When it starts as its host does: workers find their control planes waiting then. */
  int order() {
    return controlPlane ? 1 : 2;
  }

  /**
   * What is not compared once the machine is there.
   *
   * <ul>
   *   <li>the image of its disk: Talos upgrades itself in place, and a machine that were made anew
   *       from a newer image would have lost its data
   *   <li>limits of speed of its disks: the provider (0.111.1) reads them back as empty where there
   *       are none, and would update every machine at every run
   * </ul>
   *
   * <p>Each index by itself: in this provider's lists, the engine finds nothing at an asterisk.
   */
  List<String> ignored() {
    return Stream.concat(
            Stream.of("disks[0].importFrom"),
            IntStream.rangeClosed(0, config.extraDisks().orElse(List.of()).size())
                .mapToObj("disks[%d].speed"::formatted))
        .toList();
  }
}
