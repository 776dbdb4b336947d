package starbase;

import com.pulumi.Context;
import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import com.pulumi.deployment.Deployment;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.StackOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogManager;
import starbase.preflight.Desk;
import starbase.preflight.HardwarePlan;
import starbase.preflight.LanProber;
import starbase.preflight.Preflight;
import starbase.preflight.Token;
import starbase.proxmox.HostReport;
import starbase.proxmox.Hosts;
import starbase.proxmox.Proxmox;
import starbase.proxmox.ProxmoxArgs;
import starbase.sources.Cache;
import starbase.sources.Schematics;
import starbase.sources.Web;
import starbase.stack.LabConfig;
import starbase.stack.StackConfig;
import starbase.stack.StackFile;
import starbase.talos.Talos;
import starbase.talos.TalosArgs;
import starbase.talos.TalosCluster;

/**
 * The program of small test stacks: of the lab's layers those below the cluster, from the same
 * stack file, after the same look ahead. Workers whose names begin with {@link #BARE} are machines
 * only: Talos is not told of them.
 */
public final class LowerLayers {
  /** How names of machines begin that get no Talos. */
  public static final String BARE = "bare";

  private LowerLayers() {}

  /**
   * @param arguments none
   */
  public static void main(String[] arguments) {
    System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", "4"); // as in Main
    LogManager.getLogManager().reset();
    var teardown = new Teardown(System.getenv());
    Pulumi.withOptions(StackOptions.builder().resourceTransformations(teardown).build())
        .run(context -> stack(context, teardown));
  }

  private static void stack(Context context, Teardown teardown) {
    SdkBusyLoopWorkaround.install();
    var environment = System.getenv();
    var lab =
        StackConfig.ofPulumi(
                environment.getOrDefault("PULUMI_CONFIG", "{}"),
                environment.getOrDefault("PULUMI_CONFIG_SECRET_KEYS", "[]"),
                StackFile.of(Path.of(""), context.stackName()))
            .lab();
    var token = Token.of(environment, Optional.empty());
    var preview = Deployment.getInstance().isDryRun();
    var plan = HardwarePlan.of(context.stackName(), lab).orElseThrow();
    if (teardown.begins(lab)) {
      var shared =
          new Preflight(plan, new Desk(environment), new LanProber())
              .check(token, true, finding -> {});
      build(context.stackName(), lab, shared, Secrets.of(context, token, preview));
      return;
    }
    var report =
        new Preflight(plan, new Desk(environment), new LanProber())
            .check(token, preview, context.log()::warn);
    if (!preview) {
      var cache = Cache.ofUser(environment, Path.of(System.getProperty("user.home")));
      Main.order(context, lab, new Schematics(new Web(), cache));
    }

    build(context.stackName(), lab, report, Secrets.of(context, token, preview))
        .forEach(context::export);
  }

  private static Map<String, Output<?>> build(
      String stack, LabConfig lab, HostReport report, Secrets secrets) {
    var config = lab.proxmox().orElseThrow();
    var cluster = lab.made().orElseThrow();
    var hosts = Hosts.create("hosts", config, secrets.proxmox());
    var proxmox =
        new Proxmox(
            "proxmox",
            new ProxmoxArgs(
                config.image(),
                stack,
                cluster.plan().talos().orElseThrow(),
                cluster.machines(),
                report),
            ComponentResourceOptions.builder().providers(hosts.provider()).build());
    var talos =
        new Talos(
            "talos",
            new TalosArgs(
                lab.talosConfig(),
                withoutBare(cluster),
                secrets.talos(),
                proxmox.machines(),
                report.absent()),
            ComponentResourceOptions.builder().dependsOn(proxmox).build());
    return Map.of("kubeconfig", talos.kubeconfig(), "talosconfig", talos.talosconfig());
  }

  private static TalosCluster withoutBare(TalosCluster all) {
    return new TalosCluster(
        all.identifier(),
        all.plan(),
        all.machines().stream()
            .filter(machine -> !machine.name().text().startsWith(BARE))
            .toList());
  }
}
