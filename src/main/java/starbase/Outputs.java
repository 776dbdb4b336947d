package starbase;

import com.pulumi.core.Output;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import starbase.apps.Apps;
import starbase.dns.DnsConfig;
import starbase.dns.DnsOutputs;
import starbase.dns.DnsRecords;
import starbase.gateways.Gateways;
import starbase.net.Hostname;
import starbase.talos.Talos;
import starbase.topology.Mermaid;
import starbase.topology.Topology;

/** What the stack hands back. */
final class Outputs {
  private Outputs() {}

  /**
   * The stack's outputs by name: {@code gatewayAddresses} as the cluster says, {@code
   * applicationUrls}, {@code certificates}, {@code topology} as a Mermaid diagram, those of {@link
   * DnsOutputs} if the lab has a {@code starbase:dns}, and the secrets {@code kubeconfig} and
   * {@code talosconfig} if it makes its cluster.
   */
  static Map<String, Output<?>> of(
      LabConfig config, Optional<Talos> talos, Gateways gateways, Apps apps) {
    var outputs = new LinkedHashMap<String, Output<?>>();
    talos.ifPresent(
        made -> {
          outputs.put("kubeconfig", made.kubeconfig().asSecret());
          outputs.put("talosconfig", made.talosconfig().asSecret());
        });
    outputs.put("gatewayAddresses", byName(gateways));
    outputs.put("applicationUrls", Output.of(applicationUrls(config)));
    outputs.put("certificates", Output.of(certificates(config)));
    var live = LiveAddresses.of(gateways.addresses(), apps.serviceAddresses());
    outputs.put(
        "topology", live.applyValue(addresses -> Mermaid.of(Topology.of(config, addresses))));
    config.dns().ifPresent(dns -> outputs.putAll(dns(dns, config, live)));
    return outputs;
  }

  private static Map<String, Output<?>> dns(
      DnsConfig dns, LabConfig config, Output<LiveAddresses> live) {
    var records = live.applyValue(addresses -> DnsRecords.of(dns, config, addresses));
    var outputs = new LinkedHashMap<String, Output<?>>();
    DnsOutputs.all().forEach((name, of) -> outputs.put(name, records.applyValue(of)));
    return outputs;
  }

  private static Output<Map<String, String>> byName(Gateways gateways) {
    var names = new ArrayList<>(gateways.addresses().keySet());
    return Output.all(new ArrayList<>(gateways.addresses().values()))
        .applyValue(
            addresses -> {
              var byName = new TreeMap<String, String>();
              for (int i = 0; i < names.size(); i++) {
                byName.put(names.get(i).text(), addresses.get(i));
              }
              return byName;
            });
  }

  private static Map<String, List<String>> applicationUrls(LabConfig config) {
    var urls = new TreeMap<String, List<String>>();
    config
        .apps()
        .forEach(
            (app, its) ->
                urls.put(
                    app.text(),
                    its.hostnames().stream()
                        .map(Hostname::text)
                        .map("https://%s/"::formatted)
                        .toList()));
    return urls;
  }

  private static List<String> certificates(LabConfig config) {
    return config.certs().certificates().keySet().stream()
        .map(name -> config.certs().issuer().namespace() + "/" + name)
        .sorted()
        .toList();
  }
}
