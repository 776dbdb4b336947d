package starbase.kubernetes;

import starbase.net.Sha256;

/** Names that Cilium gives or looks for, of which more than one place has to know. */
public final class CiliumNames {
  /** The controller that a GatewayClass of Cilium's names. */
  public static final String GATEWAY_CONTROLLER = "io.cilium/gateway-controller";

  /** The annotation by which a Service asks for an address of the pool. */
  public static final String ADDRESSES = "lbipam.cilium.io/ips";

  private static final int LONGEST = 63;
  private static final int HASH = 10;

  private CiliumNames() {}

  /**
   * The name of the Service that Cilium makes for a Gateway, in the Gateway's namespace. What would
   * be too long ends with a hash. Source: cilium v1.20.2,
   * operator/pkg/model/translation/gateway-api and pkg/shortener.
   */
  public static String serviceOf(String gateway) {
    var name = "cilium-gateway-" + gateway;
    return name.length() <= LONGEST
        ? name
        : name.substring(0, LONGEST - HASH - 1) + "-" + hash(name);
  }

  /** The first digits of the SHA-256, some replaced by letters so that they form no words. */
  private static String hash(String name) {
    return Sha256.of(name)
        .hex()
        .substring(0, HASH)
        .replace('0', 'g')
        .replace('1', 'h')
        .replace('3', 'k')
        .replace('a', 'm')
        .replace('e', 't');
  }
}
