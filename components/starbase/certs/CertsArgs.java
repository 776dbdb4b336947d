package starbase.certs;

import starbase.kubernetes.Chart;
import starbase.kubernetes.Waits;

/**
 * The inputs of {@link Certs}.
 *
 * @param config issuer, certificates and chart values
 * @param chart cert-manager's chart, where the Kubernetes provider can load it
 * @param waits waits for the objects in the cluster
 */
public record CertsArgs(CertsConfig config, Chart chart, Waits waits) {}
