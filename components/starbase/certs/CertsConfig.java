package starbase.certs;

import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.ChartSource;
import starbase.net.DnsLabel;

/**
 * Certificates of this lab.
 *
 * @param chart cert-manager's chart
 * @param issuer who signs
 * @param certificates by name; the secret has the same name
 * @param values laid over the values beside the class
 */
public record CertsConfig(
    ChartSource chart,
    IssuerConfig issuer,
    Map<DnsLabel, CertificateConfig> certificates,
    Optional<Map<String, Object>> values) {}
