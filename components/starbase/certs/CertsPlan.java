package starbase.certs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import starbase.kubernetes.Planned;

/** What the layer creates beside the chart, computed from its configuration. */
public final class CertsPlan {
  private static final Map<String, String> OF_CERTIFICATES =
      Map.of(
          "spec.commonName", "commonName",
          "spec.dnsNames", "dnsNames",
          "spec.dnsNames[]", "dnsNames[]");

  private CertsPlan() {}

  /** The issuer, with what it needs, and the certificates. */
  public static List<Planned> objects(CertsConfig config) {
    var objects = new ArrayList<Planned>();
    config
        .issuer()
        .chain()
        .forEach(link -> objects.add(new Planned("starbase:certs.issuer", link, Map.of())));
    config
        .certificates()
        .forEach(
            (name, its) ->
                objects.add(
                    new Planned(
                        "starbase:certs.certificates." + name,
                        its.manifest(name, config.issuer()),
                        OF_CERTIFICATES)));
    return objects;
  }
}
