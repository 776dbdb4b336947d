package starbase.talos;

import static java.util.Objects.requireNonNull;

import com.pulumi.command.local.Command;
import com.pulumi.command.local.CommandArgs;
import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import com.pulumi.resources.Stash;
import com.pulumi.resources.StashArgs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.layer.Layer;
import starbase.machines.Machine;
import starbase.net.DnsLabel;

/**
 * Ready when the Kubernetes API answers on each control plane and on the shared address, etcd has
 * every control plane as a member, and every machine is a node.
 *
 * <p>Each step is a command that runs talos.sh; commands of one kind follow each other, so that
 * never two machines are away. At first come the secrets, the control planes' configs, etcd, the
 * workers' configs. A changed plan upgrades Talos, then Kubernetes, and gives machines their new
 * configs last. A machine leaves before its hardware goes, because it is not in the plan any more
 * or gets other hardware.
 */
public final class Talos extends Layer {
  private final Map<DnsLabel, Resource> hardware;
  private final Output<String> kubeconfig;
  private final Output<String> talosconfig;

  public Talos(String name, TalosArgs args, ComponentResourceOptions options) {
    super("starbase:talos:Talos", name, options);
    this.hardware = args.hardware();
    var cluster = args.cluster();
    var steps = new StepEnvironments(args.config(), cluster, args.absent());
    var key = key();
    var bundle = args.secrets().orElseGet(() -> secrets(key));

    var members = members(steps, cluster, bundle, options.getDependsOn());
    var last = upgrades(steps, cluster, bundle);
    for (var machine : cluster.controlPlanes()) {
      last = apply(steps, machine, bundle, last, requireNonNull(members.get(machine)));
    }
    last = bootstrap(steps, bundle, last);
    for (var machine : cluster.workers()) {
      last = apply(steps, machine, bundle, last, requireNonNull(members.get(machine)));
    }
    var ready =
        new Command(
            named("ready"),
            step(steps.ready(), bundle).create(run("ready")).build(),
            options(last).replaceWith(hardware.values().toArray(Resource[]::new)).build());

    kubeconfig = credentials("kubeconfig", steps.kubeconfig(), key, bundle, ready);
    talosconfig =
        credentials("talosconfig", steps.talosconfig(), key, bundle)
            .applyValue(minted -> Talosconfig.reaching(cluster.controlPlanes(), minted));
    registerOutputs(Map.of("kubeconfig", kubeconfig, "talosconfig", talosconfig));
  }

  /**
   * A step that does nothing, registered before the machines. The engine loads a plugin when the
   * program registers the first resource of it. Replacing a machine's hardware deletes the
   * machine's steps as soon as the hardware is registered; without this step, the engine then fails
   * with "unknown provider".
   */
  public static Resource createFirstStep(String name) {
    return new Command(
        name,
        CommandArgs.builder().create("true").build(),
        CustomResourceOptions.builder().build());
  }

  /** Access to Kubernetes as its admin; secret. */
  public Output<String> kubeconfig() {
    return kubeconfig;
  }

  /** Access to the machines as their admin; secret. */
  public Output<String> talosconfig() {
    return talosconfig;
  }

  /** What commands encrypt with. The stash keeps the first key that it is given. */
  private Output<String> key() {
    return new Stash(
            named("key"),
            StashArgs.builder().input(Output.ofSecret((Object) EncryptedOutput.key())).build(),
            createOnce("input").build())
        .output()
        .applyValue(String::valueOf);
  }

  private Output<String> secrets(Output<String> key) {
    var command =
        new Command(
            named("secrets"),
            step(Map.of(), key).create(run("secrets")).build(),
            createOnce("create", "stdin").additionalSecretOutputs("stdout", "stderr").build());
    return decrypted(command, key);
  }

  /**
   * Makes nothing: what counts is the delete. Control planes come first, so they leave last.
   *
   * @param below what the machines are made of. When resources are deleted, the engine does not
   *     follow what a component depends on; without this a machine is gone before it can leave.
   */
  private Map<Machine, Resource> members(
      StepEnvironments steps,
      TalosCluster cluster,
      Output<String> bundle,
      Output<List<Resource>> below) {
    var members = new LinkedHashMap<Machine, Resource>();
    for (var machine : cluster.machines()) {
      var before = List.copyOf(members.values());
      var member =
          new Command(
              named("member-" + machine.name()),
              step(steps.leave(machine), bundle).delete(run("leave")).build(),
              withHardware(machine)
                  .dependsOn(below.applyValue(those -> both(those, before)))
                  .build());
      members.put(machine, member);
    }
    return members;
  }

  /**
   * Options for what has to be done anew when a machine's hardware is another: undone as long as
   * the old one runs, and done when the new one is there.
   */
  private CustomResourceOptions.Builder withHardware(Machine machine) {
    var options = CustomResourceOptions.builder().deleteBeforeReplace(true);
    options.parent(this).protect(machine.config().isProtected());
    Optional.ofNullable(hardware.get(machine.name())).ifPresent(options::replaceWith);
    return options;
  }

  private static List<Resource> both(List<Resource> some, List<Resource> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /**
   * Nothing at first: a machine boots the Talos, and its config names the Kubernetes, of the plan.
   */
  private Resource upgrades(StepEnvironments steps, TalosCluster cluster, Output<String> bundle) {
    var before = new Resource[0];
    for (var machine : cluster.machines()) {
      var upgrade =
          new Command(
              named("upgrade-" + machine.name()),
              step(steps.upgrade(machine), bundle).update(run("upgrade")).build(),
              options(before).protect(machine.config().isProtected()).build());
      before = new Resource[] {upgrade};
    }
    return new Command(
        named("upgrade-kubernetes"),
        step(steps.upgradeKubernetes(), bundle).update(run("upgrade-k8s")).build(),
        after(before));
  }

  private Resource apply(
      StepEnvironments steps,
      Machine machine,
      Output<String> bundle,
      Resource before,
      Resource member) {
    return new Command(
        named("config-" + machine.name()),
        step(steps.apply(machine), bundle).create(run("apply")).build(),
        withHardware(machine).dependsOn(before, member).build());
  }

  /** Once in a cluster's life: a control plane that comes later joins. */
  private Resource bootstrap(StepEnvironments steps, Output<String> bundle, Resource before) {
    return new Command(
        named("bootstrap"),
        step(steps.bootstrap(), bundle).create(run("bootstrap")).build(),
        CustomResourceOptions.builder()
            .parent(this)
            .dependsOn(before)
            .ignoreChanges("create", "environment", "stdin")
            .build());
  }

  /** Credentials that a command makes. It prints them encrypted; this decrypts them. */
  private Output<String> credentials(
      String child,
      Map<String, String> environment,
      Output<String> key,
      Output<String> bundle,
      Resource... siblings) {
    var command =
        new Command(
            named(child),
            step(environment, Output.format("%s\n%s", key, bundle)).create(run(child)).build(),
            CustomResourceOptions.builder()
                .parent(this)
                .dependsOn(siblings)
                .additionalSecretOutputs("stdout", "stderr")
                .build());
    return decrypted(command, key);
  }

  /** Empty for a command that never ran, when a half-made lab is destroyed. */
  private static Output<String> decrypted(Command command, Output<String> key) {
    return Output.tuple(command.stdout(), key)
        .applyValue(both -> both.t1 == null ? "" : EncryptedOutput.open(both.t1, both.t2))
        .asSecret();
  }

  /**
   * Options for a resource that must never be recreated: losing it locks us out of the machines.
   */
  private CustomResourceOptions.Builder createOnce(String... inputs) {
    var options = CustomResourceOptions.builder();
    options.parent(this).protect(true).ignoreChanges(inputs);
    return options;
  }

  private static CommandArgs.Builder step(Map<String, String> environment, Output<String> stdin) {
    return CommandArgs.builder().environment(environment).stdin(stdin.asSecret());
  }

  /** From the project's folder, in which the engine runs plugins. */
  private static String run(String verb) {
    return "exec bash components/starbase/talos/talos.sh " + verb;
  }
}
