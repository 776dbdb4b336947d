package starbase.topology;

import static starbase.topology.Layer.APPS;
import static starbase.topology.Layer.CERTS;
import static starbase.topology.Layer.CILIUM;
import static starbase.topology.Layer.CLIENTS;
import static starbase.topology.Layer.GATEWAYS;

/** The steps of a request, in their order. */
public enum Column {
  /** Who asks. */
  CLIENT(CLIENTS, "clients"),
  /** Where DNS sends them. */
  ADDRESS(CILIUM, "addresses"),
  /** Whose address that is. */
  GATEWAY(GATEWAYS, "Gateways"),
  /** The port and hostname that takes the request. */
  LISTENER(GATEWAYS, "listeners"),
  /** What the listener shows. */
  CERTIFICATE(CERTS, "certificates"),
  /** The rule that takes the hostname. */
  ROUTE(APPS, "routes"),
  /** Where the rule leads. */
  SERVICE(APPS, "Services"),
  /** What answers. */
  PODS(APPS, "pods");

  private final Layer layer;
  private final String title;

  Column(Layer layer, String title) {
    this.layer = layer;
    this.title = title;
  }

  /** The layer that owns this step. */
  public Layer layer() {
    return layer;
  }

  /** What stands in this column. */
  public String title() {
    return title;
  }
}
