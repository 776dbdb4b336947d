package starbase.proxmox;

import com.pulumi.resources.CustomResourceOptions;
import io.muehlbachler.pulumi.proxmoxve.VmLegacy;
import io.muehlbachler.pulumi.proxmoxve.VmLegacyArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyAgentArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyAgentWaitForIpArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyCdromArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyCpuArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyDiskArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyEfiDiskArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyHostpciArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyInitializationArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyInitializationDnsArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyInitializationIpConfigArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyInitializationIpConfigIpv4Args;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyMemoryArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyNetworkDeviceArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyOperatingSystemArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacySerialDeviceArgs;
import io.muehlbachler.pulumi.proxmoxve.inputs.VmLegacyStartupArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import starbase.machines.MacAddress;
import starbase.machines.Machine;
import starbase.machines.MachineSettings;
import starbase.net.Address;
import starbase.net.Hostname;

/** A machine in the provider's words. */
final class VirtualMachine {
  /**
   * Nothing is compared. The asterisk counts for the inputs only: the provider still finds that the
   * limits of speed of disks differ (see {@link #ignored}).
   */
  static final List<String> ALL = List.of("*", "disks");

  private VirtualMachine() {}

  /**
   * Makes it.
   *
   * @param machine one with a host; the plan was checked, so what a virtual machine needs is there
   * @param image what its first disk is made from
   * @param tags all of them, as Proxmox sorts them
   */
  static VmLegacy create(
      String resourceName,
      Machine machine,
      Image image,
      List<String> tags,
      CustomResourceOptions options) {
    var settings = machine.settings();
    var datastore = settings.datastore().orElseThrow();
    var args =
        VmLegacyArgs.builder()
            .vmId(machine.config().vmId().orElseThrow())
            .nodeName(machine.host().orElseThrow().text())
            // To another host it moves with its disks; the provider would make it anew there.
            .migrate(true)
            .name(machine.name().text())
            .tags(tags)
            .onBoot(settings.onBoot().orElse(true))
            .startup(VmLegacyStartupArgs.builder().order(order(machine)).build())
            .operatingSystem(VmLegacyOperatingSystemArgs.builder().type("l26").build())
            .machine("q35")
            .bios("ovmf")
            .efiDisk(
                VmLegacyEfiDiskArgs.builder()
                    .datastoreId(datastore)
                    .type("4m")
                    .fileFormat("raw")
                    // Talos's image is not signed with Microsoft's keys.
                    .preEnrolledKeys(false)
                    .build())
            .cpu(
                VmLegacyCpuArgs.builder()
                    .cores(settings.cores().orElseThrow())
                    .type(settings.cpuType().orElse("host"))
                    .build())
            .memory(VmLegacyMemoryArgs.builder().dedicated(settings.memory().orElseThrow()).build())
            // Talos finds no disk at virtio-scsi-single (talos#11173).
            .scsiHardware("virtio-scsi-pci")
            .bootOrders(List.of("scsi0"))
            .disks(disks(settings, image))
            // Left out, the provider finds another drive at every run. A q35 has ide0 and ide2
            // only.
            .cdrom(VmLegacyCdromArgs.builder().fileId("none").interface_("ide0").build())
            .initialization(initialization(machine))
            .networkDevices(cards(machine))
            // Talos's console, for `qm terminal` and Proxmox's xterm.js.
            .serialDevices(VmLegacySerialDeviceArgs.builder().device("socket").build())
            .hostpcis(passedThrough(settings.pci().orElse(List.of())))
            .agent(agent(image))
            // Whoever leaves a cluster has done so before; a machine in maintenance mode does not
            // listen to a shutdown.
            .stopOnDestroy(true)
            // A change that needs a reboot waits for one by Talos, machine by machine: else the
            // provider stops all of them, at once and without a word.
            .rebootAfterUpdate(false);
    settings.pool().ifPresent(args::poolId);
    return new VmLegacy(resourceName, args.build(), options);
  }

  /** One whose properties are ignored: it has them in the state already. */
  static VmLegacy createStranded(
      String resourceName, StrandedMachine machine, CustomResourceOptions options) {
    var args = VmLegacyArgs.builder().vmId(machine.vmId()).nodeName(machine.host().text()).build();
    return new VmLegacy(resourceName, args, options);
  }

  private static List<VmLegacyDiskArgs> disks(MachineSettings settings, Image image) {
    var disks = new ArrayList<VmLegacyDiskArgs>();
    disks.add(
        disk(0, settings.disk().orElseThrow(), settings.datastore().orElseThrow())
            .importFrom(image.volume())
            .build());
    for (var extra : settings.extraDisks().orElse(List.of())) {
      disks.add(disk(disks.size(), extra.size(), extra.datastore()).build());
    }
    return disks;
  }

  private static VmLegacyDiskArgs.Builder disk(int index, int size, String datastore) {
    return VmLegacyDiskArgs.builder()
        .interface_("scsi" + index)
        .datastoreId(datastore)
        .size(size)
        .fileFormat("raw")
        // What is deleted in the machine is free in a thin storage.
        .discard("on")
        .ssd(true);
  }

  private static List<VmLegacyNetworkDeviceArgs> cards(Machine machine) {
    var settings = machine.settings();
    var bridge = settings.bridge().orElseThrow();
    var cards = new ArrayList<VmLegacyNetworkDeviceArgs>();
    cards.add(card(bridge, machine.mac().orElseThrow(), settings.vlan(), settings.mtu()));
    for (var extra : machine.extraInterfaces()) {
      cards.add(
          card(
              extra.bridge().orElse(bridge),
              machine.mac(cards.size() - 1).orElseThrow(),
              extra.vlan(),
              extra.mtu()));
    }
    return cards;
  }

  private static VmLegacyNetworkDeviceArgs card(
      String bridge, MacAddress mac, Optional<Integer> vlan, Optional<Integer> mtu) {
    var card =
        VmLegacyNetworkDeviceArgs.builder().bridge(bridge).macAddress(mac.text()).model("virtio");
    vlan.ifPresent(card::vlanId);
    mtu.ifPresent(card::mtu);
    return card.build();
  }

  /** Talos reads its address from this drive before it has any configuration. */
  private static VmLegacyInitializationArgs initialization(Machine machine) {
    var dns =
        VmLegacyInitializationDnsArgs.builder()
            .servers(machine.nameServers().stream().map(Address::toString).toList());
    machine
        .settings()
        .searchDomains()
        .filter(domains -> !domains.isEmpty())
        .ifPresent(
            domains ->
                dns.domain(domains.stream().map(Hostname::text).collect(Collectors.joining(" "))));
    var first =
        VmLegacyInitializationIpConfigIpv4Args.builder()
            .address(machine.cidr())
            .gateway(machine.network().router().toString())
            .build();
    var cards = new ArrayList<VmLegacyInitializationIpConfigArgs>();
    cards.add(VmLegacyInitializationIpConfigArgs.builder().ipv4(first).build());
    for (var extra : machine.extraInterfaces()) {
      var card = VmLegacyInitializationIpConfigArgs.builder();
      extra
          .address()
          .ifPresent(
              address ->
                  card.ipv4(
                      VmLegacyInitializationIpConfigIpv4Args.builder()
                          .address(address.toString())
                          .build()));
      cards.add(card.build());
    }
    return VmLegacyInitializationArgs.builder()
        .type("nocloud")
        .datastoreId(machine.settings().datastore().orElseThrow())
        .interface_("ide2")
        .ipConfigs(cards)
        .dns(dns.build())
        .build();
  }

  private static List<VmLegacyHostpciArgs> passedThrough(List<String> mappings) {
    var devices = new ArrayList<VmLegacyHostpciArgs>();
    for (var mapping : mappings) {
      devices.add(
          VmLegacyHostpciArgs.builder()
              .device("hostpci" + devices.size())
              .mapping(mapping)
              .pcie(true)
              .build());
    }
    return devices;
  }

  /**
   * Nobody waits for the agent to say an address: the plan has it, and Talos starts its agent only
   * once it is configured, which comes after the machine.
   */
  private static VmLegacyAgentArgs agent(Image image) {
    return VmLegacyAgentArgs.builder()
        .enabled(image.agent())
        .waitForIp(VmLegacyAgentWaitForIpArgs.builder().disabled(true).build())
        .build();
  }

  /** When it starts as its host does: workers find their control planes waiting then. */
  private static int order(Machine machine) {
    return machine.isControlPlane() ? 1 : 2;
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
  static List<String> ignored(Machine machine) {
    return Stream.concat(
            Stream.of("disks[0].importFrom"),
            IntStream.rangeClosed(0, machine.settings().extraDisks().orElse(List.of()).size())
                .mapToObj("disks[%d].speed"::formatted))
        .toList();
  }
}
