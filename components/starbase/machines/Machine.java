package starbase.machines;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.HostName;
import starbase.net.NetworkConfig;

/**
 * One node of a cluster that is made, with everything that is known of it.
 *
 * @param name its own, its node's and its virtual machine's
 * @param config what the stack file says, with the defaults
 * @param cluster the cluster's identifier
 * @param network the LAN
 * @param installer the container image that Talos is installed and upgraded from
 */
public record Machine(
    DnsLabel name, MachineConfig config, String cluster, NetworkConfig network, String installer) {
  /**
   * Control planes, then workers, each by address: the engine hands maps over in another order than
   * the stack file has.
   */
  public static final Comparator<Machine> ORDER =
      Comparator.comparing(Machine::role).thenComparing(Machine::address);

  /** What it does in the cluster. */
  public Role role() {
    return config.role();
  }

  /** Whether it is a control plane. */
  public boolean isControlPlane() {
    return config.role() == Role.CONTROL_PLANE;
  }

  /** Its own address. */
  public Address address() {
    return config.address();
  }

  /** Its own address and the length of the LAN's network, as 192.168.1.11/24. */
  public String cidr() {
    return "%s/%d".formatted(address(), network.lan().length());
  }

  /** The Proxmox host of its virtual machine, if it is one. */
  public Optional<HostName> host() {
    return config.host();
  }

  /** What the stack file says of its hardware and network. */
  public MachineSettings settings() {
    return config.settings();
  }

  /** The hardware address of its network card; always known of a virtual machine. */
  public Optional<MacAddress> mac() {
    return config.mac().or(() -> host().map(its -> MacAddress.of(cluster, name)));
  }

  /** The DNS servers that it asks: unless something else is said, the LAN's, else its router. */
  public List<Address> nameServers() {
    return settings().nameServers().or(network::dns).orElse(List.of(network.router()));
  }

  /** Its further network cards. */
  public List<InterfaceConfig> extraInterfaces() {
    return settings().extraInterfaces().orElse(List.of());
  }

  /** The hardware address of a further network card; always known of a virtual machine. */
  public Optional<MacAddress> mac(int extraInterface) {
    return extraInterfaces()
        .get(extraInterface)
        .mac()
        .or(() -> host().map(its -> MacAddress.of(cluster, name, extraInterface)));
  }

  /** The topology labels of its node. */
  public Map<String, String> nodeLabels() {
    return config.nodeLabels(cluster, name);
  }

  /** What it goes down with: the value of the label topology.kubernetes.io/zone. */
  public String zone() {
    return config.zone(name);
  }
}
