package starbase.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.kubernetes.Version;

/** The factory's names, computed. That the factory agrees is asked at every up. */
class SchematicTest {
  private static final String AGENT =
      "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515";

  @Test
  void theIdOfTheGuestAgentIsTheOneInTalosDocumentation() {
    assertThat(new Schematic(List.of("siderolabs/qemu-guest-agent")).id()).isEqualTo(AGENT);
  }

  @Test
  void theIdOfNoExtensionsIsTheFactorysOwnDefault() {
    assertThat(new Schematic(List.of()).id())
        .isEqualTo("376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba");
  }

  @Test
  void theOrderInTheStackFileDoesNotMatter() {
    var one = new Schematic(List.of("siderolabs/iscsi-tools", "siderolabs/qemu-guest-agent"));
    var other = new Schematic(List.of("siderolabs/qemu-guest-agent", "siderolabs/iscsi-tools"));

    assertThat(one).isEqualTo(other);
    assertThat(one.yaml())
        .isEqualTo(
            """
            customization:
                systemExtensions:
                    officialExtensions:
                        - siderolabs/iscsi-tools
                        - siderolabs/qemu-guest-agent
            """);
  }

  @Test
  void machinesAreInstalledFromTheSameSchematicThatTheyStartFrom() {
    var image = image(Optional.empty());

    assertThat(image.disk(new Version("v1.13.0")))
        .hasToString("https://factory.talos.dev/image/" + AGENT + "/v1.13.0/nocloud-amd64.qcow2");
    assertThat(image.installer("nocloud", new Version("1.13.0")))
        .isEqualTo("factory.talos.dev/nocloud-installer/" + AGENT + ":v1.13.0");
    assertThat(image.schematics()).hasToString("https://factory.talos.dev/schematics");
  }

  @Test
  void aFactoryOfOnesOwnIsAskedForAll() {
    var image = image(Optional.of(URI.create("https://factory.lab.example:8443/")));

    assertThat(image.disk(new Version("v1.13.0")))
        .hasToString(
            "https://factory.lab.example:8443/image/" + AGENT + "/v1.13.0/nocloud-amd64.qcow2");
    assertThat(image.installer("nocloud", new Version("v1.13.0")))
        .isEqualTo("factory.lab.example:8443/nocloud-installer/" + AGENT + ":v1.13.0");
    assertThat(image.schematics()).hasToString("https://factory.lab.example:8443/schematics");
  }

  private static ImageConfig image(Optional<URI> factory) {
    return new ImageConfig(
        List.of("siderolabs/qemu-guest-agent"), "local", Optional.empty(), factory);
  }
}
