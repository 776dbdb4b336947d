package starbase.kubernetes;

import java.util.Optional;
import starbase.net.Address;
import starbase.net.Cidr;
import starbase.rules.Rules;

/**
 * What is known of a cluster before it is asked, besides its nodes: its versions, and the addresses
 * that it takes.
 *
 * @param kubernetes the version that it runs
 * @param talos the version of the system below it, if that is Talos
 * @param vip the address that its control planes share
 * @param pods the network of its pods
 * @param services the network of its Services
 * @param schedulableControlPlanes whether control planes take pods of applications; without it, if
 *     there are no workers
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
