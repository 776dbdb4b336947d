package starbase.tools;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import starbase.stack.StackFile;
import starbase.tools.doctor.ClusterObjects;
import starbase.tools.doctor.Doctor;
import starbase.tools.doctor.Pages;
import starbase.tools.doctor.PlannedPage;
import starbase.tools.doctor.SocketRequest;
import starbase.tools.doctor.SystemLookup;
import starbase.tools.status.LabState;
import starbase.tools.status.StatusReport;

/**
 * Prints the Gateways of a cluster with their certificates and routes, and how its pages answer.
 */
@Command(
    name = "status",
    description =
        "Print the Gateways of the cluster in KUBECONFIG and, with a stack file, how the pages that"
            + " it plans answer here; exit 1 if something is not ready or a page is broken.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration SETTLES = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(250);

  @Option(
      names = "--stack-file",
      paramLabel = "FILE",
      description = "Ask for every page that this file plans.")
  private @Nullable Path stackFile;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  StatusCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    try (var client = new KubernetesClientBuilder().build()) {
      var report = report(client);
      out.print(report.table());
      out.flush();
      List<String> broken = List.of();
      if (stackFile != null) {
        // After the table: a mistake in the file must not hide the state of the cluster.
        var pages = ask(PlannedPage.of(StackFile.read(stackFile).checked().lab()), client);
        out.print("\n" + pages.text());
        broken = pages.findings();
      }
      out.print(report.notReady(broken));
      out.flush();
      return report.ready() && broken.isEmpty() ? 0 : 1;
    }
  }

  /**
   * With a plan, a state that is not ready is read again for a few seconds: an {@code up} deletes
   * old objects last, and an address that one of them held reaches its new holder a moment later.
   */
  private StatusReport report(KubernetesClient client) throws InterruptedException {
    var clock = Clock.systemUTC();
    var end = clock.instant().plus(stackFile == null ? Duration.ZERO : SETTLES);
    while (true) {
      var report = StatusReport.of(ClusterReading.read(client, LabState::read), clock);
      if (report.ready() || !clock.instant().isBefore(end)) {
        return report;
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private static Pages ask(List<PlannedPage> pages, KubernetesClient client)
      throws InterruptedException {
    return Pages.ask(
        pages,
        new Doctor(new SystemLookup(), new SocketRequest()),
        () -> ClusterReading.read(client, ClusterObjects::read),
        PATIENCE,
        Clock.systemUTC());
  }
}
