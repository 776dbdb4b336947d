package starbase.machines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import starbase.net.Address;
import starbase.stack.StackFile;
import starbase.testing.StackYaml;

/** A machine of Pulumi.lab.yaml, and what the stack file says of it. */
class MachineTest {
  private final StackYaml stack = new StackYaml();

  private Machine machine(String name) {
    return StackFile.parse(stack.text()).checked().lab().made().orElseThrow().machines().stream()
        .filter(machine -> machine.name().text().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMachineHasTheDefaultsForWhatItDoesNotSay() {
    stack.set("/starbase:machines/w1/cores", new IntNode(8));

    assertThat(machine("w1").settings().cores()).contains(8);
    assertThat(machine("cp1").settings().cores()).contains(2);
    assertThat(machine("w1").settings().bridge()).contains("vmbr0");
  }

  @Test
  void controlPlanesAreProtectedAndWhatTheStackFileSays() {
    assertThat(machine("cp1").config().isProtected()).isTrue();
    assertThat(machine("w1").config().isProtected()).isFalse();

    stack
        .set("/starbase:machineDefaults/protect", BooleanNode.TRUE)
        .set("/starbase:machines/cp1/protect", BooleanNode.FALSE);

    assertThat(machine("cp1").config().isProtected()).isFalse();
    assertThat(machine("w1").config().isProtected()).isTrue();
  }

  @Test
  void itsAddressHasTheLansLength() {
    assertThat(machine("cp1").cidr()).isEqualTo("192.168.1.11/24");
  }

  @Test
  void namesAreAskedOfTheRouterUnlessTheLanHasServers() {
    assertThat(machine("cp1").nameServers()).containsExactly(Address.parse("192.168.1.1"));

    stack.set("/starbase:network/dns", list("192.168.1.5", "9.9.9.9"));

    assertThat(machine("cp1").nameServers())
        .containsExactly(Address.parse("192.168.1.5"), Address.parse("9.9.9.9"));
  }

  @Test
  void aMachineWithoutAHostIsInstalledFromAnImageForBareMetal() {
    var bare =
        JsonNodeFactory.instance
            .objectNode()
            .put("role", "worker")
            .put("address", "192.168.1.21")
            .put("mac", "52:54:00:00:00:21");
    bare.putObject("installDisk").put("path", "/dev/nvme0n1");
    stack.set("/starbase:machines/w1", bare);

    assertThat(machine("w1").installer()).startsWith("factory.talos.dev/metal-installer/");
    assertThat(machine("w2").installer()).startsWith("factory.talos.dev/nocloud-installer/");
    assertThat(machine("w1").zone()).isEqualTo("w1");
    assertThat(machine("w2").zone()).isEqualTo("pve2");
  }

  private static ArrayNode list(String... texts) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (var text : texts) {
      list.add(text);
    }
    return list;
  }
}
