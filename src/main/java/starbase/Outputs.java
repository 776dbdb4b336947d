package starbase;

import com.pulumi.core.Output;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import starbase.apps.AppConfig;
import starbase.apps.Apps;
import starbase.certs.Certs;
import starbase.dns.DnsConfig;
import starbase.dns.DnsOutputs;
import starbase.dns.DnsRecords;
import starbase.dns.LiveAddresses;
import starbase.gateways.Gateways;
import starbase.gateways.Protocol;
import starbase.net.Hostname;
import starbase.stack.LabConfig;
import starbase.talos.Talos;
import starbase.topology.Mermaid;
import starbase.topology.Topology;

/** What the stack hands back. */
final class Outputs {
  private Outputs() {}

  /**
   * The stack's outputs by name: {@code gatewayAddresses} as the cluster says, {@code
   * applicationUrls}, {@code certificates}, {@code topology} as a Mermaid diagram; {@code
   * caCertificate} if the lab's certificates come from an authority of its own, {@code suffix} if
   * its hostnames have one, those of {@link DnsOutputs} if it has a {@code starbase:dns}, and the
   * secrets {@code kubeconfig} and {@code talosconfig} if it makes its cluster.
   */
  static Map<String, Output<?>> of(
      LabConfig config, Optional<Talos> talos, Certs certs, Gateways gateways, Apps apps) {
    var outputs = new LinkedHashMap<String, Output<?>>();
    talos.ifPresent(
        made -> {
          outputs.put("kubeconfig", made.kubeconfig().asSecret());
          outputs.put("talosconfig", made.talosconfig().asSecret());
        });
    outputs.put("applicationUrls", Output.of(applicationUrls(config)));
    outputs.put("certificates", Output.of(certificates(config)));
    var live =
        LiveAddresses.of(config.askedAddresses(), gateways.addresses(), apps.serviceAddresses());
    outputs.put("gatewayAddresses", live.applyValue(Outputs::gatewayAddresses));
    outputs.put(
        "topology", live.applyValue(addresses -> Mermaid.of(Topology.of(config, addresses))));
    certs.root().ifPresent(root -> outputs.put("caCertificate", root));
    config.suffix().ifPresent(suffix -> outputs.put("suffix", Output.of(suffix.text())));
    config.dns().ifPresent(dns -> outputs.putAll(dns(dns, config, live)));
    return outputs;
  }

  private static Map<String, Output<?>> dns(
      DnsConfig dns, LabConfig config, Output<LiveAddresses> live) {
    var records =
        live.applyValue(
            addresses -> DnsRecords.of(dns, config.apps(), config.gateways(), addresses));
    var outputs = new LinkedHashMap<String, Output<?>>();
    DnsOutputs.all().forEach((name, of) -> outputs.put(name, records.applyValue(of)));
    return outputs;
  }

  private static Map<String, String> gatewayAddresses(LiveAddresses live) {
    var byName = new TreeMap<String, String>();
    live.gateways().forEach((gateway, address) -> byName.put(gateway.text(), address.toString()));
    return byName;
  }

  private static Map<String, List<String>> applicationUrls(LabConfig config) {
    var urls = new TreeMap<String, List<String>>();
    config
        .apps()
        .forEach(
            (app, its) ->
                urls.put(
                    app.text(),
                    its.hostnames().stream().flatMap(name -> urls(config, its, name)).toList()));
    return urls;
  }

  /** The URLs of a hostname, one for each listener with another scheme or port. */
  private static Stream<String> urls(LabConfig config, AppConfig app, Hostname hostname) {
    return config.attachments(app).stream()
        .filter(its -> its.hostnames().contains(hostname))
        .map(its -> its.url(hostname, its.listener().speaks() == Protocol.TCP ? "" : "/"))
        .distinct();
  }

  private static List<String> certificates(LabConfig config) {
    return config.certs().certificates().keySet().stream()
        .map(name -> config.certs().issuer().namespace() + "/" + name)
        .sorted()
        .toList();
  }
}
