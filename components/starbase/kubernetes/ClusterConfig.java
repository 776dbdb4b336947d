package starbase.kubernetes;

import java.util.Optional;
import java.util.regex.Pattern;
import starbase.rules.Rules;

/** The cluster that the lab runs on. */
public sealed interface ClusterConfig {
  /** A name that stays the same for this cluster, whatever its kubeconfig says. */
  String identifier();

  /** What is known of the cluster before it is asked. */
  Optional<ClusterPlan> planned();

  /**
   * A cluster that another tool made.
   *
   * @param identifier any name for this cluster; it must stay the same when the kubeconfig changes
   * @param kubeconfig the path of a kubeconfig; default: KUBECONFIG, then ~/.kube/config
   * @param context the context in the kubeconfig; default: the current one
   * @param apiServer the address at which Cilium's agents reach the API, as host:port; default:
   *     KubePrism, which only Talos has
   * @param plan facts about the cluster for the check; with talos, Cilium uses KubePrism
   */
  record Existing(
      String identifier,
      Optional<String> kubeconfig,
      Optional<String> context,
      Optional<ApiServer> apiServer,
      Optional<ClusterPlan> plan)
      implements ClusterConfig {
    /**
     * @throws IllegalArgumentException if the identifier is blank
     */
    public Existing {
      identified(identifier).enforce();
    }

    @Override
    public Optional<ClusterPlan> planned() {
      return plan;
    }

    /** How it is reached. */
    public Access access() {
      return new Access.Local(kubeconfig, context);
    }
  }

  /**
   * A cluster that this program makes, of Talos on the machines in starbase:machines.
   *
   * @param identifier any name for this cluster, which must stay the same; it is also Talos'
   *     cluster name
   * @param plan what to make; requires kubernetes, talos, vip, pods and services
   */
  record Talos(String identifier, ClusterPlan plan) implements ClusterConfig {
    /** What Talos takes as the name of a context, and DNS as a label. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /**
     * @throws IllegalArgumentException if the identifier is no name, or the plan leaves open what
     *     has to be made
     */
    public Talos {
      var rules =
          identified(identifier)
              .require(
                  identifier.isBlank() || NAME.matcher(identifier).matches(),
                  "identifier",
                  "is not the name of a Talos cluster",
                  "1 to 63 of a-z, 0-9 and -, with a letter or digit at both ends");
      wanted(rules, "kubernetes", plan.kubernetes(), "the version to install, such as 1.36.4");
      wanted(rules, "talos", plan.talos(), "the version to install, such as v1.13.0");
      wanted(rules, "vip", plan.vip(), "a free address of the LAN, which the control planes share");
      wanted(rules, "pods", plan.pods(), "a network of its own, such as 10.244.0.0/16");
      wanted(rules, "services", plan.services(), "a network of its own, such as 10.96.0.0/12");
      rules.enforce();
    }

    private static void wanted(Rules rules, String field, Optional<?> value, String allowed) {
      rules.require(
          value.isPresent(), "plan." + field, "is missing, and kind: talos needs it", allowed);
    }

    @Override
    public Optional<ClusterPlan> planned() {
      return Optional.of(plan);
    }
  }

  private static Rules identified(String identifier) {
    return new Rules()
        .require(
            !identifier.isBlank(),
            "identifier",
            "is blank",
            "any name that stays the same for this cluster");
  }
}
