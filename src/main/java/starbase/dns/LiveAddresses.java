package starbase.dns;

import com.pulumi.core.Output;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import starbase.net.Address;
import starbase.net.DnsLabel;

/**
 * The addresses that the lab is reached at.
 *
 * @param gateways by the Gateway's name; without those that have none
 * @param services of applications with a LoadBalancer Service, by the application's name; without
 *     those that have none
 */
public record LiveAddresses(Map<DnsLabel, Address> gateways, Map<DnsLabel, Address> services) {
  /**
   * The addresses that the cluster has given, known when all of them are. Where there is none, as
   * in a preview, that which the stack file asks for.
   */
  public static Output<LiveAddresses> of(
      LiveAddresses asked,
      Output<Map<String, String>> gateways,
      Output<Map<String, String>> services) {
    return Output.tuple(gateways, services)
        .applyValue(
            live ->
                new LiveAddresses(
                    over(asked.gateways(), live.t1), over(asked.services(), live.t2)));
  }

  private static Map<DnsLabel, Address> over(
      Map<DnsLabel, Address> asked, Map<String, String> live) {
    var both = new LinkedHashMap<>(asked);
    live.forEach(
        (name, address) -> {
          if (!address.isEmpty()) {
            both.put(new DnsLabel(name), Address.parse(address));
          }
        });
    return Collections.unmodifiableMap(both);
  }
}
