package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.testing.Recording;

/** Exactly the machines that Pulumi.lab.yaml makes. That Proxmox takes them is not proven here. */
class LabMachinesTest {
  private static final Recording LAB = RecordedLab.recording();
  private static final String SCHEMATIC =
      "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515";
  private static final String FILE = "starbase-test-talos-v1.13.9-" + SCHEMATIC + ".qcow2";

  @Test
  void theProviderIsToldOfTheHostsAndFindsTheTokenByItself() {
    assertThat(LAB.only("hosts").inputs())
        .isEqualTo(Map.of("endpoint", "https://192.168.1.2:8006", "insecure", "false"));
  }

  @ParameterizedTest
  @CsvSource({"pve1", "pve2", "pve3"})
  void eachHostDownloadsTheImageOnceAndForGood(String host) {
    var image = LAB.only("proxmox-image-" + host);

    assertThat(image.type()).isEqualTo("proxmoxve:download/file:File");
    assertThat(image.inputs())
        .isEqualTo(
            Map.of(
                "nodeName",
                host,
                "datastoreId",
                "local",
                "contentType",
                "import",
                "url",
                "https://factory.talos.dev/image/%s/v1.13.9/nocloud-amd64.qcow2"
                    .formatted(SCHEMATIC),
                "fileName",
                FILE,
                "overwrite",
                false,
                "overwriteUnmanaged",
                true,
                "uploadTimeout",
                1800.0));
    assertThat(image.request().getDeleteBeforeReplace()).isTrue();
  }

  @Test
  void aControlPlaneIsExactlyThis() {
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("vmId", 111.0);
    wanted.put("nodeName", "pve1");
    wanted.put("migrate", true);
    wanted.put("name", "cp1");
    wanted.put("tags", List.of("node-cp1", "starbase", "starbase-test"));
    wanted.put("onBoot", true);
    wanted.put("startup", Map.of("order", 1.0));
    wanted.put("operatingSystem", Map.of("type", "l26"));
    wanted.put("machine", "q35");
    wanted.put("bios", "ovmf");
    wanted.put(
        "efiDisk",
        Map.of(
            "datastoreId", "local-lvm",
            "type", "4m",
            "fileFormat", "raw",
            "preEnrolledKeys", false));
    wanted.put("cpu", Map.of("cores", 2.0, "type", "host"));
    wanted.put("memory", Map.of("dedicated", 4096.0));
    wanted.put("scsiHardware", "virtio-scsi-pci");
    wanted.put("bootOrders", List.of("scsi0"));
    wanted.put(
        "disks",
        List.of(
            Map.of(
                "interface", "scsi0",
                "datastoreId", "local-lvm",
                "size", 20.0,
                "fileFormat", "raw",
                "discard", "on",
                "ssd", true,
                "importFrom", "local:import/" + FILE)));
    wanted.put("cdrom", Map.of("fileId", "none", "interface", "ide0"));
    wanted.put(
        "initialization",
        Map.of(
            "type", "nocloud",
            "datastoreId", "local-lvm",
            "interface", "ide2",
            "ipConfigs",
                List.of(
                    Map.of("ipv4", Map.of("address", "192.168.1.11/24", "gateway", "192.168.1.1"))),
            "dns", Map.of("servers", List.of("192.168.1.1"))));
    wanted.put(
        "networkDevices",
        List.of(Map.of("bridge", "vmbr0", "macAddress", "BC:24:11:AC:1C:A1", "model", "virtio")));
    wanted.put("serialDevices", List.of(Map.of("device", "socket")));
    wanted.put("hostpcis", List.of());
    wanted.put("agent", Map.of("enabled", true, "waitForIp", Map.of("disabled", true)));
    wanted.put("stopOnDestroy", true);
    wanted.put("rebootAfterUpdate", false);

    var machine = LAB.only("proxmox-cp1");
    assertThat(machine.type()).isEqualTo("proxmoxve:index/vmLegacy:VmLegacy");
    assertThat(machine.inputs()).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({
    "cp1, pve1, 111, 1, true",
    "cp2, pve2, 112, 1, true",
    "cp3, pve3, 113, 1, true",
    "w1, pve1, 121, 2, false",
    "w2, pve2, 122, 2, false"
  })
  void machinesDifferInWhereTheyAreAndControlPlanesAreProtected(
      String name, String host, double vmId, double order, boolean isProtected) {
    var machine = LAB.only("proxmox-" + name);

    assertThat(machine.inputs())
        .containsEntry("name", name)
        .containsEntry("nodeName", host)
        .containsEntry("vmId", vmId)
        .containsEntry("startup", Map.of("order", order));
    assertThat(machine.isProtected()).isEqualTo(isProtected);
    assertThat(machine.request().getIgnoreChangesList())
        .containsExactly("disks[0].importFrom", "disks[0].speed");
    assertThat(machine.request().getDeleteBeforeReplace())
        .as("two of them would have one address")
        .isTrue();
  }
}
