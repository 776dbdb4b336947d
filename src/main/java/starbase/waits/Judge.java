package starbase.waits;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.ObjectName;
import starbase.kubernetes.WaitFor;

/** Looks at what is waited for, and says whether it is ready, and if not, why. */
final class Judge {
  private final ClusterReader cluster;
  private final Workloads workloads;
  private final Hints hints;

  /**
   * @param exposed the planned objects that may have addresses of their own
   */
  Judge(ClusterReader cluster, Set<ObjectName> exposed) {
    this.cluster = cluster;
    this.workloads = new Workloads(cluster);
    this.hints = new Hints(cluster, new AddressHolders(cluster, exposed));
  }

  /** One look. A cluster that does not answer is a reason to wait on. */
  Verdict look(Awaited wait) {
    try {
      return judge(wait);
    } catch (KubernetesClientException e) {
      var forbidden =
          e.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED
              || e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
      var reason = "the API server refuses or does not answer: " + ClusterReader.reason(e);
      return forbidden ? Verdict.Hopeless.of(reason) : new Verdict.NotYet(reason);
    }
  }

  private Verdict judge(Awaited wait) {
    if (wait.conditions().contains(new WaitFor.ReleaseRolledOut())) {
      return workloads.ofRelease(wait.namespace(), wait.name());
    }
    for (var condition : wait.conditions()) {
      if (condition instanceof WaitFor.Creatable creatable) {
        return creatable(creatable.tree());
      }
    }
    return cluster
        .get(wait.apiVersion(), wait.kind(), wait.namespace(), wait.name())
        .map(object -> judge(object, wait))
        .orElseGet(() -> missing(wait));
  }

  private static Verdict missing(Awaited wait) {
    return wait.kind().equals("Node")
        ? new Verdict.NotYet("the machine has not joined the cluster yet")
        : Verdict.Hopeless.of(
            "it is not in the cluster, although the stack's state has it; pulumi up --refresh creates"
                + " it again");
  }

  private Verdict judge(GenericKubernetesResource object, Awaited wait) {
    if (object.getMetadata().getDeletionTimestamp() != null) {
      return new Verdict.NotYet("it is being deleted");
    }
    if (wait.kind().equals("Node")) {
      var silent = Nodes.silent(object);
      if (silent.isPresent()) {
        return new Verdict.Ready(Map.of(), Optional.of(silent.get() + ", and is not waited for"));
      }
    }
    if (wait.conditions().contains(new WaitFor.RolledOut())) {
      return workloads.judge(object);
    }
    var lacking = lacking(object, wait.conditions());
    if (lacking.isEmpty()) {
      return Verdict.Ready.of(status(object));
    }
    var hints = this.hints.about(object, asked(wait));
    var later = hints.stream().filter(Verdict.Ready.class::isInstance).toList();
    // The address arrives after this up, so don't wait for conditions that depend on it.
    return later.isEmpty()
        ? worst(Stream.concat(lacking.stream(), hints.stream()).toList())
        : worst(
            Stream.concat(lacking(object, beforeTheAddress(wait)).stream(), later.stream())
                .toList());
  }

  private static List<Verdict> lacking(GenericKubernetesResource object, List<WaitFor> conditions) {
    return conditions.stream().flatMap(each -> lacks(object, each).stream()).toList();
  }

  private static Optional<String> asked(Awaited wait) {
    return wait.conditions().stream()
        .filter(WaitFor.FirstAddress.class::isInstance)
        .map(each -> ((WaitFor.FirstAddress) each).address())
        .findFirst();
  }

  /** A Gateway is not Programmed before it has its address. */
  private static List<WaitFor> beforeTheAddress(Awaited wait) {
    return wait.conditions().stream()
        .filter(each -> !(each instanceof WaitFor.FirstAddress))
        .filter(each -> !each.equals(WaitFor.condition("Programmed")))
        .toList();
  }

  private static Optional<Verdict> lacks(GenericKubernetesResource object, WaitFor wanted) {
    if (wanted instanceof WaitFor.Condition condition) {
      return StatusConditions.lacks(
          StatusConditions.of(object),
          condition.type(),
          condition.status(),
          Objects.requireNonNullElse(object.getMetadata().getGeneration(), 0L));
    }
    if (wanted instanceof WaitFor.ParentCondition condition) {
      return ParentConditions.lack(object, condition.type());
    }
    if (wanted instanceof WaitFor.FirstAddress address) {
      return lacksAddress(object, address);
    }
    throw new IllegalArgumentException(wanted + " stands alone");
  }

  private static Optional<Verdict> lacksAddress(
      GenericKubernetesResource object, WaitFor.FirstAddress wanted) {
    var path = Stream.concat(Stream.of("status"), Stream.of(wanted.list().split("\\."))).toArray();
    var first = StatusConditions.maps(object.get(path)).stream().findFirst();
    var address = first.map(entry -> StatusConditions.text(entry, wanted.field())).orElse("");
    if (address.equals(wanted.address())) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict.NotYet(
            address.isEmpty()
                ? "it has no address yet, and asks for " + wanted.address()
                : "it has the address %s, and asks for %s".formatted(address, wanted.address())));
  }

  private Verdict creatable(Map<String, Object> tree) {
    var object = new GenericKubernetesResource();
    object.setApiVersion(Objects.toString(tree.get("apiVersion")));
    object.setKind(Objects.toString(tree.get("kind")));
    var metadata = new io.fabric8.kubernetes.api.model.ObjectMeta();
    if (tree.get("metadata") instanceof Map<?, ?> its) {
      metadata.setName(Objects.toString(its.get("name")));
      metadata.setNamespace(Objects.toString(its.get("namespace")));
    }
    object.setMetadata(metadata);
    tree.forEach(
        (key, value) -> {
          if (!List.of("apiVersion", "kind", "metadata").contains(key)) {
            object.setAdditionalProperty(key, value);
          }
        });
    try {
      cluster.tryToCreate(object);
    } catch (KubernetesClientException e) {
      return new Verdict.NotYet(
          "the API server would not create such an object: " + ClusterReader.reason(e));
    }
    return Verdict.Ready.of(Map.of());
  }

  /**
   * Several verdicts in one: hopeless if any is, and then only with the reasons that make it so.
   */
  static Verdict worst(List<? extends Verdict> verdicts) {
    var hopeless = new ArrayList<Verdict.Hopeless>();
    var notYet = new ArrayList<String>();
    var warnings = new ArrayList<String>();
    for (var verdict : verdicts) {
      if (verdict instanceof Verdict.Hopeless its) {
        hopeless.add(its);
      } else if (verdict instanceof Verdict.NotYet its) {
        notYet.add(its.reason());
      } else if (verdict instanceof Verdict.Ready its) {
        its.warning().ifPresent(warnings::add);
      }
    }
    if (!hopeless.isEmpty()) {
      var reasons = hopeless.stream().map(Verdict.Hopeless::reason).distinct().toList();
      var grace = hopeless.stream().map(Verdict.Hopeless::grace).sorted().findFirst();
      return new Verdict.Hopeless(String.join("; ", reasons), grace.orElseThrow());
    }
    if (!notYet.isEmpty()) {
      return new Verdict.NotYet(String.join("; ", notYet.stream().distinct().toList()));
    }
    return new Verdict.Ready(
        Map.of(), warnings.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", warnings)));
  }

  private static Map<String, Object> status(GenericKubernetesResource object) {
    Map<String, Object> status = object.get("status");
    return status == null ? Map.of() : status;
  }
}
