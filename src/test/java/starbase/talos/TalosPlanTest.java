package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import starbase.net.DnsLabel;

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
            kind: "LinkConfig"
            name: "eth0"
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
            kind: "TimeSyncConfig"
            ntp:
              servers:
              - "time.cloudflare.com"
            ---
            apiVersion: "v1alpha1"
            kind: "Layer2VIPConfig"
            name: "192.168.1.10"
            link: "eth0"
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
            kind: "LinkConfig"
            name: "eth0"
            addresses:
            - address: "192.168.1.21/24"
            routes:
            - gateway: "192.168.1.1"
            ---
            apiVersion: "v1alpha1"
            kind: "ResolverConfig"
            nameservers:
            - address: "192.168.1.1"
            ---
            apiVersion: "v1alpha1"
            kind: "TimeSyncConfig"
            ntp:
              servers:
              - "time.cloudflare.com"
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
}
