package starbase.cli;

import com.pulumi.exceptions.RunException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.Objects;
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
      var report = StatusReport.of(read(client), Clock.systemUTC());
      spec.commandLine().getOut().print(report.text());
      spec.commandLine().getOut().flush();
      return report.ready() ? 0 : 1;
    }
  }

  private static LabState read(KubernetesClient client) {
    try {
      return LabState.read(client);
    } catch (KubernetesClientException e) {
      throw new RunException(
          "%s cannot be read (%s); check KUBECONFIG and that the cluster is up"
              .formatted(client.getMasterUrl(), rootMessage(e)));
    }
  }

  private static String rootMessage(Throwable exception) {
    return exception.getCause() == null
        ? Objects.requireNonNullElse(exception.getMessage(), exception.getClass().getSimpleName())
        : rootMessage(exception.getCause());
  }
}
