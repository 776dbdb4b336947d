package starbase;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.resources.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import starbase.findings.Summary;
import starbase.kubernetes.Access;
import starbase.kubernetes.Waits;
import starbase.preflight.ClusterPreflight;
import starbase.preflight.Desk;
import starbase.preflight.HardwarePlan;
import starbase.preflight.LanProber;
import starbase.preflight.Preflight;
import starbase.preflight.Token;
import starbase.proxmox.HostReport;
import starbase.sources.Cache;
import starbase.sources.Charts;
import starbase.sources.Manifests;
import starbase.sources.Schematics;
import starbase.sources.Sources;
import starbase.sources.Web;
import starbase.stack.LabConfig;
import starbase.stack.SecretKeys;
import starbase.stack.StackConfig;
import starbase.stack.StackFile;
import starbase.waits.ClusterReader;
import starbase.waits.EngineMessages;
import starbase.waits.LiveWaits;

/**
 * The Pulumi program: builds the lab. {@code starbase.tools.Cli} starts it when the jar is run
 * without arguments.
 */
public final class Main {
  private Main() {}

  /**
   * @param arguments none
   */
  public static void main(String[] arguments) {
    // First of all: the SDK's runner never ends on two cores with JDK 25 otherwise
    // (pulumi-java#2270).
    System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "4");
    var teardown = new Teardown(System.getenv());
    Pulumi.withOptions(StackOptions.builder().resourceTransformations(teardown).build())
        .run(context -> stack(context, teardown));
  }

  private static void stack(Context context, Teardown teardown) {
    SdkBusyLoopWorkaround.install();
    var environment = System.getenv();
    var stackFile = StackFile.of(Path.of(""), context.stackName());
    var checked =
        StackConfig.ofPulumi(
            environment.getOrDefault("PULUMI_CONFIG", "{}"),
            environment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"),
            stackFile);
    var config =
        checked.lab(
            finding ->
                stackFile
                    .map(its -> its.place(StackFile.name(context.stackName()), finding))
                    .orElse(""));
    Summary.together(checked.warnings()).forEach(each -> context.log().warn(each.text()));
    var web = new Web();
    var cache = Cache.ofUser(environment, Path.of(System.getProperty("user.home")));
    var token = config.proxmox().flatMap(its -> token(context, environment));
    var ends = teardown.begins(config);
    if (ends) {
      context.log().warn(Teardown.WARNING);
    }
    var hosts =
        HardwarePlan.of(context.stackName(), config)
            .map(plan -> lookAhead(context, plan, token, environment, ends))
            .orElse(HostReport.NOTHING);
    config
        .existing()
        .ifPresent(
            cluster ->
                ClusterPreflight.check(
                    ClusterReader.of(cluster.access()),
                    config.ciliumNodes().talos(),
                    isPreview(),
                    context.log()::warn));
    if (!ends && !isPreview()) {
      order(context, config, new Schematics(web, cache));
    }
    var sources =
        Sources.fetch(
            config,
            new Charts(web, cache, Path.of("").toAbsolutePath()),
            new Manifests(web, cache));
    var outputs =
        Lab.build(
            context.stackName(),
            config,
            hosts,
            sources,
            Secrets.of(context, token, isPreview()),
            ends ? any -> Waits.NONE : access -> waits(access, config));
    if (!ends) {
      outputs.forEach(context::export);
    }
  }

  private static Optional<Token> token(Context context, Map<String, String> environment) {
    return Token.of(
        environment, context.config(SecretKeys.PROXMOX_NAMESPACE).get(SecretKeys.PROXMOX));
  }

  /** No finding stops the end of a lab: it only needs to know which images the hosts share. */
  private static HostReport lookAhead(
      Context context,
      HardwarePlan plan,
      Optional<Token> token,
      Map<String, String> environment,
      boolean ends) {
    return new Preflight(plan, new Desk(environment), new LanProber())
        .check(token, ends || isPreview(), ends ? finding -> {} : context.log()::warn);
  }

  /** A preview asks the factory for nothing: it needs no network, and makes no image. */
  static void order(Context context, LabConfig config, Schematics schematics) {
    if (config.proxmox().isEmpty() || config.made().isEmpty()) {
      return;
    }
    var image = config.proxmox().get().image();
    var schematic = image.schematic();
    if (schematics.announce(image.schematics(), schematic.yaml(), schematic.id())) {
      schematics.await(
          image.products(config.made().get().plan().talos().orElseThrow()), context.log()::info);
    }
  }

  /** A preview makes nothing that could be waited for, and needs no cluster. */
  private static Waits waits(Output<Access> cluster, LabConfig config) {
    return isPreview()
        ? Waits.NONE
        : LiveWaits.on(cluster, config.exposed(), EngineMessages.ofThisProgram());
  }

  private static boolean isPreview() {
    return Deployment.getInstance().isDryRun();
  }
}
