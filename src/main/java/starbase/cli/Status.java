package starbase.cli;

import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import starbase.status.LabState;
import starbase.status.StatusReport;

/** Prints the Gateways of a cluster with their certificates and routes. */
@Command(
    name = "status",
    description =
        "Print the Gateways of the cluster in KUBECONFIG; exit 1 if something is not ready.",
    mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  Status() {}

  @Override
  public Integer call() {
    try (var client = new KubernetesClientBuilder().build()) {
      var report = StatusReport.of(LabState.read(client), Clock.systemUTC());
      spec.commandLine().getOut().print(report.text());
      spec.commandLine().getOut().flush();
      return report.ready() ? 0 : 1;
    }
  }
}
