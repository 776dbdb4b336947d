package starbase.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import starbase.kubernetes.Version;
import starbase.machines.Machine;
import starbase.net.DnsLabel;
import starbase.net.HostName;
import starbase.testing.SampleLab;

/** The images of hosts, without Pulumi. That Proxmox takes them is not proven here. */
class ImageTest {
  private static final String FILE =
      "starbase-lab-talos-v1.13.0-ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515.qcow2";

  @Test
  void eachHostWithAMachineGetsTheImageOnceAndItsNameSaysWhatItIs() {
    var config = SampleLab.config();
    var image = config.proxmox().orElseThrow().image();
    var onPve1 =
        config.made().orElseThrow().machines().stream().filter(ImageTest::isOnPve1).toList();

    var images = Image.of(image, "lab", new Version("1.13.0"), onPve1, HostReport.NOTHING);

    assertThat(onPve1).hasSizeGreaterThan(1);
    assertThat(images)
        .containsExactly(
            new Image(
                new HostName("pve1"),
                false,
                "local",
                URI.create(
                    "https://factory.talos.dev/image/ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515/v1.13.0/nocloud-amd64.qcow2"),
                FILE,
                Optional.empty(),
                true));
    assertThat(images.get(0).volume()).isEqualTo("local:import/" + FILE);
  }

  @Test
  void aStorageThatHostsShareGetsOneImageForAllMachines() {
    var images = images(new HostReport(true, List.of(stranded("pve3")), Set.of()));

    assertThat(images).extracting(Image::resource).containsExactly("image-local");
    assertThat(images.get(0).isFor(new HostName("pve2"))).isTrue();
  }

  @Test
  void theImageOfAHostThatIsDownStaysWithItsMachine() {
    assertThat(images(new HostReport(false, List.of(stranded("pve2"), stranded("pve3")), Set.of())))
        .extracting(Image::resource)
        .containsExactly("image-pve1", "image-pve2", "image-pve3");
  }

  @Test
  void tagsSayWhoseAMachineIsAndWhichNode() {
    var tags = Tags.of("Lab", new DnsLabel("w1"), List.of("zfs", "starbase"));

    assertThat(tags).containsExactly("node-w1", "starbase", "starbase-lab", "zfs");
    assertThat(Tags.node(tags)).contains("w1");
  }

  private static StrandedMachine stranded(String host) {
    return new StrandedMachine(new DnsLabel("w9"), new HostName(host), 129);
  }

  private static List<Image> images(HostReport report) {
    var config = SampleLab.config();
    return Image.of(
        config.proxmox().orElseThrow().image(),
        "lab",
        new Version("1.13.0"),
        config.made().orElseThrow().machines(),
        report);
  }

  private static boolean isOnPve1(Machine machine) {
    return machine.host().equals(Optional.of(new HostName("pve1")));
  }
}
