package starbase.preflight;

import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import starbase.findings.Finding;

/** For hosts that show certificates of their own making: whoever answers is believed. */
final class TrustAllCertificates extends X509ExtendedTrustManager {
  private TrustAllCertificates() {}

  /**
   * A context that takes every certificate. An extended manager is asked for the host's name too,
   * so there is no second check of it.
   */
  static SSLContext inAnybody() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAllCertificates()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  /**
   * A host's certificate was refused. Two programs look at it, each with a trust store of its own:
   * this one with the JDK's, the provider with the operating system's.
   */
  static Finding untrusted(URI endpoint, String reason) {
    var system =
        System.getProperty("os.name", "").startsWith("Mac")
            ? "sudo security add-trusted-cert -d -k /Library/Keychains/System.keychain"
                + " pve-root-ca.pem"
            : "sudo cp pve-root-ca.pem /usr/local/share/ca-certificates/pve-root-ca.crt && sudo"
                + " update-ca-certificates";
    return Finding.error(
            ProxmoxApi.ENDPOINT,
            "shows a certificate that is not trusted here (%s)".formatted(reason))
        .given(endpoint)
        .remedy(
            """
            trust Proxmox's authority, twice:
                  scp root@%s:/etc/pve/pve-root-ca.pem .
                  the JDK's store, for this program: keytool -importcert -noprompt -cacerts -storepass changeit -alias proxmox -file pve-root-ca.pem
                  the system's store, for the provider: %s
                or trust any certificate: pulumi config set --path starbase:proxmox.insecure true\
            """
                .formatted(endpoint.getHost(), system));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) {}

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
