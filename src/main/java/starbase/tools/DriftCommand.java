package starbase.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Finds what somebody has changed beside Pulumi, in the cluster and in the machines' configs.
 *
 * <p>Pulumi compares the cluster with its state by a refresh. A machine's config is the input of a
 * command, which a refresh does not look at: there Talos compares, by the command's own script.
 */
@Command(
    name = "drift",
    description = {
      "Compare the cluster and the machines' configs with what the last up left; exit 2 if they",
      "differ. Run it in the project's folder, with the stack selected."
    },
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  /** Pulumi's exit code when it expected no changes and found some (its cmd/exit_codes.go). */
  private static final int CHANGES = 7;

  private static final int DRIFT = 2;
  private static final String CONFIG_STEP = "::talos-config-";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The field's owner since then is whoever changed it by hand: without force, the API refuses. */
  private static final Map<String, String> FORCE = Map.of("PULUMI_K8S_ENABLE_PATCH_FORCE", "true");

  @Option(names = "--repair", description = "Bring everything back to what the stack file says.")
  private boolean repair;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  DriftCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    var machines = driftedMachines();
    if (repair) {
      return up(machines);
    }
    int cluster = compared();
    if (cluster != 0 && cluster != CHANGES) {
      return cluster;
    }
    boolean drift = cluster == CHANGES || !machines.isEmpty();
    spec.commandLine()
        .getOut()
        .println(
            drift
                ? "The lab differs from its plan. drift --repair reverts the changes."
                : "The lab matches its plan.");
    return drift ? DRIFT : 0;
  }

  /**
   * Compares the cluster, and prints the differences only if one counts: the engine also shows
   * those that it ignores, thousands of lines of defaults in CRDs.
   */
  private int compared() throws IOException, InterruptedException {
    var command = List.of("pulumi", "preview", "--refresh", "--diff", "--expect-no-changes");
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(FORCE);
    var process = builder.start();
    var differences = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      spec.commandLine().getOut().print(differences);
    }
    return code;
  }

  private static int up(List<String> machines) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("pulumi", "up", "--refresh", "--yes", "--skip-preview"));
    machines.forEach(urn -> command.addAll(List.of("--replace", urn)));
    return run(command, FORCE, "");
  }

  /** The steps that configure the machines whose configs differ, by their URNs. */
  private static List<String> driftedMachines() throws IOException, InterruptedException {
    var drifted = new ArrayList<String>();
    for (var step : state().at("/deployment/resources")) {
      var urn = step.path("urn").asText();
      if (urn.contains(CONFIG_STEP) && !step.path("delete").asBoolean()) {
        int code =
            run(
                List.of("bash", "components/starbase/talos/talos.sh", "drift"),
                environment(step),
                secret(step.at("/inputs/stdin")));
        if (code == DRIFT) {
          drifted.add(urn);
        } else if (code != 0) {
          throw new RunException(
              "the config of %s could not be compared; the message is above"
                  .formatted(step.at("/inputs/environment/NAME").asText()));
        }
      }
    }
    return drifted;
  }

  private static JsonNode state() throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("pulumi", "stack", "export", "--show-secrets")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var state = JSON.readTree(process.getInputStream());
    if (process.waitFor() != 0) {
      throw new RunException("pulumi stack export failed; its message is above");
    }
    return state;
  }

  private static Map<String, String> environment(JsonNode step) {
    return JSON.convertValue(
        step.at("/inputs/environment"),
        JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
  }

  /** A secret in clear is an object whose plaintext is JSON again. */
  private static String secret(JsonNode value) throws IOException {
    return value.isObject()
        ? JSON.readTree(value.path("plaintext").asText()).asText()
        : value.asText();
  }

  private static int run(List<String> command, Map<String, String> environment, String stdin)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    if (stdin.isEmpty()) {
      return builder.inheritIO().start().waitFor();
    }
    var process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var in = process.getOutputStream()) {
      in.write(stdin.getBytes(StandardCharsets.UTF_8));
    }
    return process.waitFor();
  }
}
