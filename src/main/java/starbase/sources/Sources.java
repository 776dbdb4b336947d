package starbase.sources;

import java.util.List;
import starbase.kubernetes.Chart;
import starbase.kubernetes.Manifest;
import starbase.stack.LabConfig;

/**
 * What the lab needs from the network, fetched before the first resource: components do no I/O.
 *
 * @param gatewayApi all objects of the Gateway API's bundle
 * @param cilium Cilium's chart
 * @param certManager cert-manager's chart
 */
public record Sources(List<Manifest> gatewayApi, Chart cilium, Chart certManager) {
  /**
   * @throws com.pulumi.exceptions.RunException if something can't be fetched or is not what it
   *     should
   */
  public static Sources fetch(LabConfig config, Charts charts, Manifests manifests) {
    var bundle = config.gatewayApi();
    var objects =
        bundle.files().entrySet().stream()
            .flatMap(
                file ->
                    manifests.fetch(bundle.address(file.getKey()), file.getValue().hex()).stream())
            .toList();
    return new Sources(
        objects, charts.locate(config.cilium().chart()), charts.locate(config.certs().chart()));
  }
}
