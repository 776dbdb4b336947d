package starbase.topology;

import static starbase.topology.Lane.APPS;
import static starbase.topology.Lane.CERTS;
import static starbase.topology.Lane.CILIUM;
import static starbase.topology.Lane.CLIENTS;
import static starbase.topology.Lane.GATEWAYS;

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

  private final Lane lane;
  private final String title;

  Column(Lane lane, String title) {
    this.lane = lane;
    this.title = title;
  }

  /** The lane of the layer that owns this step. */
  public Lane lane() {
    return lane;
  }

  /** What stands in this column. */
  public String title() {
    return title;
  }
}
