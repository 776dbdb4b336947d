package starbase.dns;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The records as stack outputs. */
public final class DnsOutputs {
  private DnsOutputs() {}

  /**
   * By output name: {@code dnsRecords}, and as texts {@code dnsZone}, {@code hosts} and {@code
   * dnsmasq}, each also with only the names for the LAN ({@code dnsZoneInternal} …) and only those
   * for outside ({@code dnsZoneExternal} …).
   */
  public static Map<String, Function<DnsRecords, ?>> all() {
    var outputs = new LinkedHashMap<String, Function<DnsRecords, ?>>();
    outputs.put("dnsRecords", DnsRecords::output);
    put(outputs, "dnsZone", ZoneFile::of);
    put(outputs, "hosts", HostsFile::of);
    put(outputs, "dnsmasq", Dnsmasq::of);
    return outputs;
  }

  private static void put(
      Map<String, Function<DnsRecords, ?>> outputs,
      String name,
      Function<DnsRecords, String> text) {
    outputs.put(name, text);
    outputs.put(name + "Internal", records -> text.apply(records.only(Audience.INTERNAL)));
    outputs.put(name + "External", records -> text.apply(records.only(Audience.EXTERNAL)));
  }
}
