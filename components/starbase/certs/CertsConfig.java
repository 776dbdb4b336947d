package starbase.certs;

import java.util.Map;
import java.util.Optional;
import starbase.kubernetes.ChartSource;
import starbase.net.DnsLabel;

/**
 * The certificates of this lab.
 *
 * @param chart cert-manager's chart
 * @param issuer the issuer that signs them
 * @param certificates the certificates by name; the secret has the same name
 * @param values chart values, which override this program's
 */
public record CertsConfig(
    ChartSource chart,
    IssuerConfig issuer,
    Map<DnsLabel, CertificateConfig> certificates,
    Optional<Map<String, Object>> values) {}
