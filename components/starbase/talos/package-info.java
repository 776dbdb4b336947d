/**
 * Talos: the machines' configuration, the cluster's first start, its credentials, and its life
 * after that. Depends on machines that boot Talos at the plan's addresses; provides a Kubernetes
 * API that answers, without a network for pods.
 */
@NullMarked
package starbase.talos;

import org.jspecify.annotations.NullMarked;
