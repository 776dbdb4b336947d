package starbase.talos;

import java.util.Optional;

/**
 * Talos in this lab. Versions and addresses are the cluster's plan's.
 *
 * @param patches laid over the machine configs that the plan makes
 * @param timeouts how long machines may take
 * @param renewed any text: a new one mints a new kubeconfig and talosconfig, whose certificates
 *     last a year
 */
public record TalosConfig(
    Optional<PatchesConfig> patches, Optional<TimeoutsConfig> timeouts, Optional<String> renewed) {}
