package starbase.apps;

import starbase.rules.Rules;

/**
 * Another version of an application, beside it: a canary, for instance.
 *
 * @param service its Service, which rules name as a backend
 * @param workload what runs behind it
 */
public record VariantConfig(ServiceConfig service, WorkloadConfig workload) {
  /**
   * @throws IllegalArgumentException if the Service has an address of its own: a variant is reached
   *     by the application's route
   */
  public VariantConfig {
    new Rules()
        .require(
            service.address().isEmpty(),
            "service.address",
            "is for an application's own Service",
            "no address: a variant is reached by the route")
        .enforce();
  }
}
