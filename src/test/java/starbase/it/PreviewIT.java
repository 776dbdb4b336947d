package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a pull request sees: the whole plan, from a stack that does not exist yet, with neither cluster nor network. */
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
            mkdir -p "$TMPDIR/new/state"
            export PULUMI_BACKEND_URL=file://$TMPDIR/new/state KUBECONFIG=$TMPDIR/new/none
            cp Pulumi.lab.yaml "$TMPDIR/new/Pulumi.new.yaml"
            pulumi stack init new --config-file "$TMPDIR/new/Pulumi.new.yaml" 2>/dev/null || pulumi stack init new
            pulumi preview --stack new --config-file "$TMPDIR/new/Pulumi.new.yaml" --skip-plugin-pre-install
            """);
    assertThat(preview.succeeded().out())
        .contains("gateway-internal", "gateway-external", "cert-starbase", "argocd-tls-secret", "homepage", "app-x")
        .containsPattern("\\+ \\d+ to create");
    System.out.printf("a preview without cluster or network: %d s%n", preview.took().toSeconds());
  }
}
