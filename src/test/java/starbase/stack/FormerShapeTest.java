package starbase.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import starbase.findings.Finding;

/** A stack file of an earlier release is met with its own machines in the shape of today. */
class FormerShapeTest {
  private static final String FORMER =
      """
      config:
        starbase:cluster:
          kind: talos
          identifier: lab
          plan:
            controlPlanes: {cp1: 192.168.1.11}
            workers: {w1: 192.168.1.21, w2: 192.168.1.22}
        starbase:proxmox:
          endpoint: https://192.168.1.2:8006
          machines:
            cp1: {host: pve1, vmId: 111, cores: 2, datastore: local-lvm, protect: false}
            w1: {host: pve1, vmId: 121, tags: [gpu, "c++"], extraDisks: [{size: 1, datastore: zfs}]}
      """;

  @Test
  void oneFindingShowsTheFilesOwnMachines() {
    assertThat(StackFile.parse(FORMER).checked().findings())
        .extracting(Finding::toString)
        .containsExactly(
            """
            starbase:cluster.plan.controlPlanes: is the form of earlier releases; each node now has one entry; allowed: in its place
              starbase:machines:
                cp1: {role: controlPlane, address: 192.168.1.11, host: pve1, vmId: 111, cores: 2, datastore: local-lvm, protect: false}
                w1: {role: worker, address: 192.168.1.21, host: pve1, vmId: 121, tags: ["gpu","c++"], extraDisks: [{"size":1,"datastore":"zfs"}]}
                w2: {role: worker, address: 192.168.1.22}""");
  }

  @Test
  void oneFormerKeyIsEnough() {
    var stack =
        "{config: {starbase:cluster: {kind: existing, plan: {workers: {w1: 10.0.0.1}}}, starbase:machines: {}}}";

    assertThat(StackFile.parse(stack).checked().findings())
        .singleElement()
        .asString()
        .startsWith("starbase:cluster.plan.workers: is the form of earlier releases")
        .endsWith("\n    w1: {role: worker, address: 10.0.0.1}");
  }
}
