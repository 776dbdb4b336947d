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

/** A machine in the provider's words. */
final class VirtualMachine {
  private VirtualMachine() {}

  static VmLegacy of(String resourceName, Machine machine, CustomResourceOptions options) {
    var config = machine.config();
    var args =
        VmLegacyArgs.builder()
            .vmId(config.vmId())
            .nodeName(config.host().text())
            // To another host it moves with its disks; the provider would make it anew there.
            .migrate(true)
            .name(machine.name().text())
            .tags(machine.tags())
            .onBoot(config.onBoot().orElse(true))
            .startup(VmLegacyStartupArgs.builder().order(machine.order()).build())
            .operatingSystem(VmLegacyOperatingSystemArgs.builder().type("l26").build())
            .machine("q35")
            .bios("ovmf")
            .efiDisk(
                VmLegacyEfiDiskArgs.builder()
                    .datastoreId(config.datastore())
                    .type("4m")
                    .fileFormat("raw")
                    // Talos's image is not signed with Microsoft's keys.
                    .preEnrolledKeys(false)
                    .build())
            .cpu(
                VmLegacyCpuArgs.builder()
                    .cores(config.cores())
                    .type(config.cpuType().orElse("host"))
                    .build())
            .memory(VmLegacyMemoryArgs.builder().dedicated(config.memory()).build())
            // Talos finds no disk at virtio-scsi-single (talos#11173).
            .scsiHardware("virtio-scsi-pci")
            .bootOrders(List.of("scsi0"))
            .disks(disks(machine))
            // Left out, the provider finds another drive at every run. A q35 has ide0 and ide2
            // only.
            .cdrom(VmLegacyCdromArgs.builder().fileId("none").interface_("ide0").build())
            .initialization(initialization(machine))
            .networkDevices(
                VmLegacyNetworkDeviceArgs.builder()
                    .bridge(config.bridge())
                    .macAddress(machine.mac().text())
                    .model("virtio")
                    .build())
            // Talos's console, for `qm terminal` and Proxmox's xterm.js.
            .serialDevices(VmLegacySerialDeviceArgs.builder().device("socket").build())
            .hostpcis(passedThrough(config.pci().orElse(List.of())))
            .agent(agent(machine))
            // Whoever leaves a cluster has done so before; a machine in maintenance mode does not
            // listen to a shutdown.
            .stopOnDestroy(true)
            // A change that needs a reboot waits for one by Talos, machine by machine: else the
            // provider stops all of them, at once and without a word.
            .rebootAfterUpdate(false);
    config.pool().ifPresent(args::poolId);
    return new VmLegacy(resourceName, args.build(), options);
  }

  private static List<VmLegacyDiskArgs> disks(Machine machine) {
    var config = machine.config();
    var disks = new ArrayList<VmLegacyDiskArgs>();
    disks.add(
        disk(0, config.disk(), config.datastore()).importFrom(machine.image().volume()).build());
    for (var extra : config.extraDisks().orElse(List.of())) {
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

  /** Talos reads its address from this drive before it has any configuration. */
  private static VmLegacyInitializationArgs initialization(Machine machine) {
    return VmLegacyInitializationArgs.builder()
        .type("nocloud")
        .datastoreId(machine.config().datastore())
        .interface_("ide2")
        .ipConfigs(
            VmLegacyInitializationIpConfigArgs.builder()
                .ipv4(
                    VmLegacyInitializationIpConfigIpv4Args.builder()
                        .address(machine.address())
                        .gateway(machine.router())
                        .build())
                .build())
        .dns(VmLegacyInitializationDnsArgs.builder().servers(machine.servers()).build())
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
  private static VmLegacyAgentArgs agent(Machine machine) {
    return VmLegacyAgentArgs.builder()
        .enabled(machine.agent())
        .waitForIp(VmLegacyAgentWaitForIpArgs.builder().disabled(true).build())
        .build();
  }
}
