package starbase;

import com.pulumi.resources.ResourceTransformation;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.Chart;
import starbase.kubernetes.Manifest;
import starbase.proxmox.HostReport;
import starbase.sources.Sources;
import starbase.stack.LabConfig;
import starbase.testing.Recording;
import starbase.testing.SampleLab;

/** The labs of the stack files, each built once against the recording monitor. */
final class RecordedLab {
  private static final Map<String, Recording> RECORDINGS = new HashMap<>();

  /** Stands for the Gateway API's bundle, which is another module's. */
  static final List<Map<String, Object>> BUNDLE =
      SampleLab.documents(Path.of("src/test/resources/starbase/gateway-api.yaml"));

  private RecordedLab() {}

  /**
   * The lab of Pulumi.lab.yaml. Not made in a static initialiser: the program runs on the SDK's
   * threads, which would wait for this class to be initialised.
   */
  static synchronized Recording recording() {
    return recording("lab");
  }

  /** That of a stack. */
  static synchronized Recording recording(String stack) {
    return RECORDINGS.computeIfAbsent(stack, any -> record(SampleLab.config(stack)));
  }

  /** That of Pulumi.lab.yaml on a cluster that is there already. */
  static synchronized Recording onExistingCluster() {
    return RECORDINGS.computeIfAbsent("existing", any -> record(SampleLab.onExistingCluster()));
  }

  /** That of a lab of the test's own. */
  static Recording record(LabConfig config) {
    return record(config, BUNDLE);
  }

  /** The same with a bundle of the Gateway API's definitions. */
  static Recording record(LabConfig config, List<Map<String, Object>> bundle) {
    return record(config, bundle, List.of());
  }

  /** The same with something that changes what is registered. */
  static Recording record(
      LabConfig config,
      List<Map<String, Object>> bundle,
      List<ResourceTransformation> transformations) {
    var sources =
        new Sources(
            bundle.stream().map(Manifest::new).toList(),
            new Chart("target/charts/cilium-1.20.2.tgz", Optional.empty()),
            new Chart("target/charts/cert-manager-v1.21.2.tgz", Optional.empty()));
    var secrets = new Secrets(Optional.empty(), Optional.empty());
    return Recording.of(
        (context, waits) ->
            Lab.build(
                    context.stackName(), config, HostReport.NOTHING, sources, secrets, any -> waits)
                .forEach(context::export),
        transformations);
  }
}
