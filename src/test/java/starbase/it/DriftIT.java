package starbase.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What somebody changes beside Pulumi is seen by the end of an {@code up} where it breaks a page,
 * and by {@code drift} in any case, which also brings it back. Shown on a route and on a machine's
 * config; Pulumi's own refresh is trusted for other kinds.
 */
@ExtendWith(VirtualLab.class)
class DriftIT {
  private static final String HOME = "https://home.starbasestudio.uk/";

  private final VirtualLab.Running lab;

  DriftIT(VirtualLab.Running lab) {
    this.lab = lab;
    lab.firstUp().succeeded();
  }

  @Test
  void aRouteThatLostItsHostnameFailsTheUpAndIsBroughtBackByTheRepair() {
    lab.project()
        .lab(
            "kubectl",
            "patch",
            "httproute",
            "homepage",
            "--namespace=homepage",
            "--type=json",
            "--patch",
            "[{'op':'replace','path':'/spec/hostnames','value':['foreign.starbasestudio.uk']}]"
                .replace('\'', '"'))
        .succeeded();
    try {
      var up = lab.up();
      assertThat(up.exitCode()).as(up.out()).isEqualTo(1);
      assertThat(up.out()).contains(HOME + " ends at: route (layer apps)");
      assertThat(lab.project().lab("drift").exitCode()).isEqualTo(2);
    } finally {
      lab.project().lab("drift", "--repair").succeeded();
    }
    assertThat(lab.up().succeeded().out()).doesNotContain("BROKEN");
    assertThat(lab.project().lab("drift").succeeded().out()).contains("The lab matches its plan.");
  }

  @Test
  void aMachineConfigThatWasPatchedByHandIsSeenAndBroughtBack() {
    lab.project()
        .lab(
            "talosctl",
            "--nodes=192.168.1.21",
            "patch",
            "machineconfig",
            "--patch",
            "{\"machine\": {\"sysctls\": {\"net.core.somaxconn\": \"1234\"}}}")
        .succeeded();
    try {
      var drift = lab.project().lab("drift");
      assertThat(drift.exitCode()).as(drift.out()).isEqualTo(2);
      assertThat(drift.out())
          .contains("w1 (192.168.1.21): its machine config differs from the plan:")
          .contains("net.core.somaxconn");
    } finally {
      lab.project().lab("drift", "--repair").succeeded();
    }
    lab.project().lab("drift").succeeded();
  }
}
