package starbase;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.Chart;
import starbase.kubernetes.Manifest;
import starbase.testing.RealLab;
import starbase.testing.Recording;

/** The labs of the stack files, each built once against the recording monitor. */
final class RecordedLab {
  private static final Map<String, Recording> RECORDINGS = new HashMap<>();

  private RecordedLab() {}

  /** That of Pulumi.lab.yaml. */
  static Recording recording() {
    return recording("lab");
  }

  /**
   * That of a stack. Not made in a static initialiser: the program runs on the SDK's threads, which
   * would wait for this class to be initialised.
   */
  static synchronized Recording recording(String stack) {
    return RECORDINGS.computeIfAbsent(stack, RecordedLab::record);
  }

  private static Recording record(String stack) {
    var config = RealLab.config(stack);
    List<Manifest> bundle =
        config.gatewayApi().files().keySet().stream()
            .map(file -> RealLab.module("gateway-api/config/crd/standard/" + file))
            .flatMap(file -> RealLab.documents(file).stream())
            .map(Manifest::new)
            .toList();
    var sources =
        new Sources(
            bundle,
            new Chart("target/charts/cilium-1.20.2.tgz", Optional.empty()),
            new Chart("target/charts/cert-manager-v1.21.2.tgz", Optional.empty()));
    return Recording.of(context -> Lab.build(config, sources).forEach(context::export));
  }
}
