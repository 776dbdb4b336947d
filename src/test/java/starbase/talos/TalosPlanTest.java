package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.net.DnsLabel;
import starbase.stack.StackFile;
import starbase.testing.StackYaml;

/**
 * The patches of Pulumi.lab.yaml's machines, to the letter. What Talos does by them is not proven
 * here.
 */
class TalosPlanTest {
  private static final String INSTALLER =
      "factory.talos.dev/nocloud-installer/ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515:v1.13.9";

  @Test
  void aControlPlaneHasExactlyThis() {
    assertThat(TalosPlan.patches(RealTalos.machine("cp1"), RealTalos.CONFIG, RealTalos.cluster()))
        .containsExactly(
            """
            machine:
              install:
                disk: "/dev/sda"
                image: "%s"
              nodeLabels:
                topology.kubernetes.io/region: "starbase-lab"
                topology.kubernetes.io/zone: "pve1"
              kubelet:
                nodeIP:
                  validSubnets:
                  - "192.168.1.11/32"
              features:
                hostDNS:
                  enabled: true
                  forwardKubeDNSToHost: false
                kubePrism:
                  enabled: true
                  port: 7445
            cluster:
              network:
                cni:
                  name: "none"
                podSubnets:
                - "10.244.0.0/16"
                serviceSubnets:
                - "10.96.0.0/12"
              proxy:
                disabled: true
              apiServer:
                certSANs:
                - "192.168.1.10"
              etcd:
                advertisedSubnets:
                - "192.168.1.11/32"
            ---
            apiVersion: "v1alpha1"
            kind: "HostnameConfig"
            auto: "off"
            hostname: "cp1"
            ---
            apiVersion: "v1alpha1"
            kind: "LinkAliasConfig"
            name: "net0"
            selector:
              match: "mac(link.permanent_addr) == \\"bc:24:11:ac:1c:a1\\""
            ---
            apiVersion: "v1alpha1"
            kind: "LinkConfig"
            name: "net0"
            addresses:
            - address: "192.168.1.11/24"
            routes:
            - gateway: "192.168.1.1"
            ---
            apiVersion: "v1alpha1"
            kind: "ResolverConfig"
            nameservers:
            - address: "192.168.1.1"
            ---
            apiVersion: "v1alpha1"
            kind: "Layer2VIPConfig"
            name: "192.168.1.10"
            link: "net0"
            """
                .formatted(INSTALLER));
  }

  @Test
  void aWorkerHasExactlyThis() {
    assertThat(TalosPlan.patches(RealTalos.machine("w1"), RealTalos.CONFIG, RealTalos.cluster()))
        .containsExactly(
            """
            machine:
              install:
                disk: "/dev/sda"
                image: "%s"
              nodeLabels:
                topology.kubernetes.io/region: "starbase-lab"
                topology.kubernetes.io/zone: "pve1"
              kubelet:
                nodeIP:
                  validSubnets:
                  - "192.168.1.21/32"
              features:
                hostDNS:
                  enabled: true
                  forwardKubeDNSToHost: false
                kubePrism:
                  enabled: true
                  port: 7445
            cluster:
              network:
                cni:
                  name: "none"
                podSubnets:
                - "10.244.0.0/16"
                serviceSubnets:
                - "10.96.0.0/12"
              proxy:
                disabled: true
            ---
            apiVersion: "v1alpha1"
            kind: "HostnameConfig"
            auto: "off"
            hostname: "w1"
            ---
            apiVersion: "v1alpha1"
            kind: "LinkAliasConfig"
            name: "net0"
            selector:
              match: "mac(link.permanent_addr) == \\"bc:24:11:85:0c:74\\""
            ---
            apiVersion: "v1alpha1"
            kind: "LinkConfig"
            name: "net0"
            addresses:
            - address: "192.168.1.21/24"
            routes:
            - gateway: "192.168.1.1"
            ---
            apiVersion: "v1alpha1"
            kind: "ResolverConfig"
            nameservers:
            - address: "192.168.1.1"
            """
                .formatted(INSTALLER));
  }

  @Test
  void thePatchesOfTheStackFileComeLastAndTheMostParticularOfThemAtTheEnd() {
    var config =
        RealTalos.patched(
            new PatchesConfig(
                RealTalos.patch("for", "all"),
                RealTalos.patch("for", "control planes"),
                RealTalos.patch("for", "workers"),
                Optional.of(Map.of(new DnsLabel("w1"), List.of(Map.of("for", "w1"))))));

    assertThat(TalosPlan.patches(RealTalos.machine("w1"), config, RealTalos.cluster()))
        .hasSize(4)
        .endsWith("for: \"all\"\n", "for: \"workers\"\n", "for: \"w1\"\n");
    assertThat(TalosPlan.patches(RealTalos.machine("cp1"), config, RealTalos.cluster()))
        .hasSize(3)
        .endsWith("for: \"all\"\n", "for: \"control planes\"\n");
  }

  @Test
  void aMachineThatIsNotProxmoxsTagsItsPacketsItselfAndIsInstalledOnTheDiskThatItsSelectorFinds() {
    var stack =
        new StackYaml()
            .set(
                "/starbase:machines/w1",
                yaml(
                    """
                    role: worker
                    address: 192.168.1.21
                    mac: 52:54:00:00:00:21
                    vlan: 20
                    mtu: 9000
                    nameServers: [192.168.1.5]
                    searchDomains: [lab.example]
                    timeServers: [ntp.lab.example]
                    installDisk: {size: ">= 100GB", type: nvme}
                    extraInterfaces: [{mac: 52:54:00:00:01:21, address: 10.0.30.21/24}]
                    """));
    var cluster = StackFile.parse(stack.text()).checked().lab().made().orElseThrow();
    var machine =
        cluster.machines().stream()
            .filter(each -> each.name().text().equals("w1"))
            .findFirst()
            .orElseThrow();

    assertThat(TalosPlan.patches(machine, RealTalos.CONFIG, cluster).get(0))
        .contains(
            "    diskSelector:\n      size: \">= 100GB\"\n      type: \"nvme\"\n",
            "    image: \"factory.talos.dev/metal-installer/",
            """
                topology.kubernetes.io/zone: "w1"
            """,
            """
            kind: "LinkConfig"
            name: "net0"
            mtu: 9000
            ---
            apiVersion: "v1alpha1"
            kind: "VLANConfig"
            name: "net0.20"
            vlanID: 20
            parent: "net0"
            addresses:
            - address: "192.168.1.21/24"
            routes:
            - gateway: "192.168.1.1"
            """,
            """
              match: "mac(link.permanent_addr) == \\"52:54:00:00:01:21\\""
            ---
            apiVersion: "v1alpha1"
            kind: "LinkConfig"
            name: "net1"
            addresses:
            - address: "10.0.30.21/24"
            ---
            apiVersion: "v1alpha1"
            kind: "ResolverConfig"
            nameservers:
            - address: "192.168.1.5"
            searchDomains:
              domains:
              - "lab.example"
            ---
            apiVersion: "v1alpha1"
            kind: "TimeSyncConfig"
            ntp:
              servers:
              - "ntp.lab.example"
            """);
  }

  @Test
  void withoutWorkersControlPlanesTakePodsUnlessTheStackFileSaysNo() {
    var schedulable = "  allowSchedulingOnControlPlanes: true\n";

    assertThat(patch("cp1", RealTalos.cluster())).doesNotContain(schedulable);
    assertThat(patch("cp1", RealTalos.withoutWorkers())).contains(schedulable);
  }

  private static String patch(String machine, TalosCluster cluster) {
    return TalosPlan.patches(RealTalos.machine(machine), RealTalos.CONFIG, cluster).get(0);
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
