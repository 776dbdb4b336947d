package starbase.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.kubernetes.Version;
import starbase.machines.Machine;
import starbase.net.HostName;
import starbase.testing.RealLab;

/** The images of hosts, without Pulumi. That Proxmox takes them is not proven here. */
class ImageTest {
  private static final String FILE =
      "starbase-lab-talos-v1.13.0-ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515.qcow2";

  @Test
  void eachHostWithAMachineGetsTheImageOnceAndItsNameSaysWhatItIs() {
    var config = RealLab.config();
    var image = config.proxmox().orElseThrow().image();
    var onPve1 =
        config.made().orElseThrow().machines().stream().filter(ImageTest::isOnPve1).toList();

    var images = Image.of(image, "lab", new Version("1.13.0"), onPve1);

    assertThat(onPve1).hasSizeGreaterThan(1);
    assertThat(images)
        .containsExactly(
            new Image(
                new HostName("pve1"),
                "local",
                URI.create(
                    "https://factory.talos.dev/image/ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515/v1.13.0/nocloud-amd64.qcow2"),
                FILE,
                Optional.empty(),
                true));
    assertThat(images.get(0).volume()).isEqualTo("local:import/" + FILE);
  }

  private static boolean isOnPve1(Machine machine) {
    return machine.host().equals(Optional.of(new HostName("pve1")));
  }
}
