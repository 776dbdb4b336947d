package starbase.dns;

import java.util.LinkedHashMap;
import java.util.Map;
import starbase.net.Address;
import starbase.net.Hostname;

/**
 * One name with its address: an A record (RFC 1035).
 *
 * @param name the name, perhaps a wildcard
 * @param address the address, as the cluster says
 * @param ttl how long resolvers may keep the answer, in seconds
 * @param target whose address it is
 * @param audience who is meant to use the name
 */
public record DnsRecord(
    Hostname name, Address address, int ttl, RecordTarget target, Audience audience) {
  /** The record as a stack output. */
  Map<String, Object> output() {
    var output = new LinkedHashMap<String, Object>();
    output.put("name", name.text());
    output.put("type", "A");
    output.put("address", address.toString());
    output.put("ttl", ttl);
    output.put(target.kind(), target.text());
    output.put("reachable", audience.text());
    return output;
  }
}
