package starbase.dns;

import com.pulumi.core.Output;
import java.util.ArrayList;
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
      Map<DnsLabel, Output<String>> gateways,
      Map<DnsLabel, Output<String>> services) {
    return Output.tuple(byName(gateways), byName(services))
        .applyValue(
            live ->
                new LiveAddresses(
                    over(asked.gateways(), live.t1), over(asked.services(), live.t2)));
  }

  private static Map<DnsLabel, Address> over(
      Map<DnsLabel, Address> asked, Map<DnsLabel, Address> live) {
    var both = new LinkedHashMap<>(asked);
    both.putAll(live);
    return Collections.unmodifiableMap(both);
  }

  private static Output<Map<DnsLabel, Address>> byName(Map<DnsLabel, Output<String>> texts) {
    var names = new ArrayList<>(texts.keySet());
    return Output.all(new ArrayList<>(texts.values()))
        .applyValue(
            addresses -> {
              var byName = new LinkedHashMap<DnsLabel, Address>();
              for (int i = 0; i < names.size(); i++) {
                if (!addresses.get(i).isEmpty()) {
                  byName.put(names.get(i), Address.parse(addresses.get(i)));
                }
              }
              return Collections.unmodifiableMap(byName);
            });
  }
}
