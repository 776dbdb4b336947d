package starbase.kubernetes;

import java.util.Optional;
import starbase.net.Address;
import starbase.net.Cidr;
import starbase.rules.Rules;

/**
 * The versions and networks of a cluster.
 *
 * @param kubernetes the version of Kubernetes
 * @param talos the version of Talos, if the nodes run Talos
 * @param vip the address that the control planes share
 * @param pods the network of the pods
 * @param services the network of the Services
 * @param schedulableControlPlanes whether control planes run pods of applications; default: only
 *     without workers
 */
public record ClusterPlan(
    Optional<Version> kubernetes,
    Optional<Version> talos,
    Optional<Address> vip,
    Optional<Cidr> pods,
    Optional<Cidr> services,
    Optional<Boolean> schedulableControlPlanes) {
  /** Kubernetes refuses larger networks of Services. */
  private static final int LARGEST_SERVICES = 12;

  /**
   * @throws IllegalArgumentException if the network of Services is larger than Kubernetes supports
   */
  public ClusterPlan {
    new Rules()
        .require(
            services.map(network -> network.length() >= LARGEST_SERVICES).orElse(true),
            "services",
            "is larger than Kubernetes supports",
            "/%d or smaller, such as 10.96.0.0/12".formatted(LARGEST_SERVICES))
        .enforce();
  }
}
