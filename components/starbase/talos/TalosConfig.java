package starbase.talos;

import java.util.Optional;

/**
 * Settings of Talos. Versions and addresses are in the cluster's plan.
 *
 * @param patches patches of the machine configs, applied last
 * @param timeouts deadlines of the steps
 * @param renewed any text; a new text makes a new kubeconfig and talosconfig, whose certificates
 *     last a year
 */
public record TalosConfig(
    Optional<PatchesConfig> patches, Optional<TimeoutsConfig> timeouts, Optional<String> renewed) {}
