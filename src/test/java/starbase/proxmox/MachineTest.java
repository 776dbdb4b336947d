package starbase.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.kubernetes.ClusterPlan;
import starbase.kubernetes.Version;
import starbase.net.Address;
import starbase.net.Cidr;
import starbase.net.DnsLabel;
import starbase.net.NetworkConfig;
import starbase.net.Sha256;

/** What is planned, without Pulumi. That Proxmox takes it is not proven here. */
class MachineTest {
  private static final String FILE =
      "starbase-lab-talos-v1.13.0-ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515.qcow2";

  private static final DnsLabel CP1 = new DnsLabel("cp1");
  private static final DnsLabel W1 = new DnsLabel("w1");

  private final Map<DnsLabel, MachineConfig> machines = new LinkedHashMap<>();
  private List<String> extensions = List.of("siderolabs/qemu-guest-agent");
  private Optional<List<Address>> dns = Optional.empty();

  MachineTest() {
    machines.put(W1, machine("pve2", 121).build());
    machines.put(CP1, machine("pve1", 111).build());
  }

  @Test
  void controlPlanesComeFirstAndStartFirstAndAreProtected() {
    assertThat(plan())
        .extracting(Machine::name, Machine::controlPlane, Machine::order, Machine::isProtected)
        .containsExactly(tuple(CP1, true, 1, true), tuple(W1, false, 2, false));
  }

  @Test
  void whoeverSaysSoProtectsWorkersAndNotControlPlanes() {
    machines.put(W1, machine("pve2", 121).protect(true).build());
    machines.put(CP1, machine("pve1", 111).protect(false).build());

    assertThat(plan()).extracting(Machine::isProtected).containsExactly(false, true);
  }

  @Test
  void theAddressIsThePlansWithTheLansLengthAndRouter() {
    assertThat(plan().get(0).address()).isEqualTo("192.168.1.11/24");
    assertThat(plan().get(0).router()).isEqualTo("192.168.1.1");
  }

  @Test
  void namesAreAskedOfTheRouterUnlessTheLanHasServers() {
    assertThat(plan().get(0).servers()).containsExactly("192.168.1.1");

    dns = Optional.of(List.of(Address.parse("192.168.1.5"), Address.parse("9.9.9.9")));

    assertThat(plan().get(0).servers()).containsExactly("192.168.1.5", "9.9.9.9");
  }

  @Test
  void tagsAreSortedAsProxmoxKeepsThemAndInLowerCase() {
    machines.put(W1, machine("pve2", 121).tags("gpu", "zfs", "starbase").build());

    assertThat(plan().get(1).tags()).containsExactly("gpu", "starbase", "starbase-lab", "zfs");
    assertThat(Tags.of("Lab", List.of())).containsExactly("starbase", "starbase-lab");
  }

  @Test
  void theAgentIsExpectedIfItIsInTheImage() {
    assertThat(plan().get(0).agent()).isTrue();

    extensions = List.of("siderolabs/iscsi-tools");

    assertThat(plan().get(0).agent()).isFalse();
  }

  @Test
  void eachHostWithAMachineGetsTheImageOnceAndItsNameSaysWhatItIs() {
    machines.put(W1, machine("pve1", 121).build());

    assertThat(images())
        .containsExactly(
            new Image(
                new DnsLabel("pve1"),
                "local",
                URI.create(
                    "https://factory.talos.dev/image/ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515/v1.13.0/nocloud-amd64.qcow2"),
                FILE,
                Optional.empty()));
    assertThat(images().get(0).volume()).isEqualTo("local:import/" + FILE);
  }

  @Test
  void aMachineStartsFromTheImageOfItsOwnHost() {
    assertThat(plan())
        .extracting(machine -> machine.image().host().text())
        .containsExactly("pve1", "pve2");
  }

  @Test
  void anotherImageReplacesNoMachineAndNoDiskIsFoundChangedThatIsNot() {
    machines.put(W1, machine("pve2", 121).extraDisks(2).build());

    assertThat(plan().get(0).ignored()).containsExactly("disks[0].importFrom", "disks[0].speed");
    assertThat(plan().get(1).ignored())
        .containsExactly(
            "disks[0].importFrom", "disks[0].speed", "disks[1].speed", "disks[2].speed");
  }

  private List<Machine> plan() {
    return Machine.of(config(), site(), images());
  }

  private List<Image> images() {
    return Image.of(config(), site());
  }

  private ProxmoxConfig config() {
    return new ProxmoxConfig(
        URI.create("https://192.168.1.2:8006"),
        Optional.empty(),
        new ImageConfig(extensions, "local", Optional.<Sha256>empty(), Optional.empty()),
        machines);
  }

  private Site site() {
    var plan =
        new ClusterPlan(
            Optional.of(new Version("1.36.4")),
            Optional.of(new Version("1.13.0")),
            Optional.of(Address.parse("192.168.1.10")),
            Map.of(CP1, Address.parse("192.168.1.11")),
            Optional.of(Map.of(W1, Address.parse("192.168.1.21"))),
            Optional.of(Cidr.parse("10.244.0.0/16")),
            Optional.of(Cidr.parse("10.96.0.0/12")));
    return new Site(
        "lab",
        "starbase-lab",
        plan,
        new NetworkConfig(
            Cidr.parse("192.168.1.0/24"),
            Address.parse("192.168.1.1"),
            dns,
            Optional.empty(),
            Optional.empty()));
  }

  private static Wanted machine(String host, int vmId) {
    return new Wanted(host, vmId);
  }

  /** A machine of which only what a test is about is said. */
  private static final class Wanted {
    private final String host;
    private final int vmId;
    private Optional<Boolean> protect = Optional.empty();
    private Optional<List<String>> tags = Optional.empty();
    private Optional<List<DiskConfig>> extraDisks = Optional.empty();

    Wanted(String host, int vmId) {
      this.host = host;
      this.vmId = vmId;
    }

    Wanted protect(boolean wanted) {
      protect = Optional.of(wanted);
      return this;
    }

    Wanted tags(String... wanted) {
      tags = Optional.of(List.of(wanted));
      return this;
    }

    Wanted extraDisks(int count) {
      extraDisks = Optional.of(Collections.nCopies(count, new DiskConfig(10, "local-lvm")));
      return this;
    }

    MachineConfig build() {
      return new MachineConfig(
          new DnsLabel(host),
          vmId,
          2,
          4096,
          20,
          "local-lvm",
          "vmbr0",
          Optional.empty(),
          Optional.empty(),
          tags,
          Optional.empty(),
          Optional.empty(),
          extraDisks,
          Optional.empty(),
          protect);
    }
  }
}
