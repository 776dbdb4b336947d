package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a pull request sees: the whole plan, from a stack that does not exist yet, with neither
 * machines nor cluster nor network. What only Proxmox knows is one warning.
 */
@ExtendWith(VirtualLab.class)
class PreviewIT {

  @Test
  void aPreviewOfANewStackNeedsNeitherClusterNorNetwork(VirtualLab.Running lab) {
    lab.firstUp().succeeded(); // charts and CRDs are in the cache since then
    var preview =
        lab.exec(
            "unshare",
            "--net",
            "sh",
            "-c",
            """
            set -e
            ip link set lo up # the engine and its plugins speak over loopback
            mkdir -p "$TMPDIR/new"
            export PULUMI_BACKEND_URL=file://$TMPDIR/new KUBECONFIG=$TMPDIR/none
            cp Pulumi.lab.yaml Pulumi.new.yaml
            trap 'rm Pulumi.new.yaml' EXIT
            pulumi stack init new
            pulumi preview --stack new --skip-plugin-pre-install
            """);
    assertThat(preview.succeeded().out())
        .contains(
            "proxmox-cp1",
            "talos-bootstrap",
            "gateway-internal",
            "gateway-external",
            "cert-starbase",
            "argocd-tls-secret",
            "homepage",
            "app-x",
            "hosts and VM ids are not checked")
        .containsPattern("\\+ \\d+ to create");
    System.out.printf("a preview without cluster or network: %d s%n", preview.took().toSeconds());
  }
}
