package starbase.tools;

import com.pulumi.exceptions.RunException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import starbase.net.Address;
import starbase.tools.doctor.ClusterObjects;
import starbase.tools.doctor.Doctor;
import starbase.tools.doctor.RequestTarget;
import starbase.tools.doctor.SocketRequest;
import starbase.tools.doctor.SystemLookup;

/** Follows a request to a host and says where it ends. */
@Command(
    name = "doctor",
    description = "Follow a request step by step; exit 1 and name step and layer if one is broken.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Parameters(paramLabel = "HOST|URL", description = "HTTPS unless a URL says otherwise.")
  private String target;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description = "Go to this address without asking DNS.")
  private @Nullable String address;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Default: KUBECONFIG, else ~/.kube/config.")
  private @Nullable Path kubeconfig;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets them
  DoctorCommand() {}

  @Override
  public Integer call() {
    var asked = RequestTarget.of(target);
    var given = Optional.ofNullable(address).map(DoctorCommand::address);
    try (var client = client()) {
      var cluster = ClusterReading.read(client, ClusterObjects::read);
      var diagnosis =
          new Doctor(new SystemLookup(), new SocketRequest())
              .examine(asked, cluster, given, Clock.systemUTC());
      var out = spec.commandLine().getOut();
      out.print(json ? diagnosis.json() + "\n" : diagnosis.text());
      out.flush();
      return diagnosis.healthy() ? 0 : 1;
    }
  }

  private static String address(String text) {
    try {
      return Address.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new RunException("--address: \"%s\" %s".formatted(text, e.getMessage()));
    }
  }

  private KubernetesClient client() {
    if (kubeconfig == null) {
      return new KubernetesClientBuilder().build();
    }
    if (!Files.isReadable(kubeconfig)) {
      throw new RunException("--kubeconfig: %s cannot be read".formatted(kubeconfig));
    }
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }
}
