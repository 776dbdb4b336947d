package starbase.certs;

import io.fabric8.certmanager.api.model.acme.v1.ACMEChallengeSolverDNS01;
import io.fabric8.certmanager.api.model.acme.v1.ACMEChallengeSolverDNS01Builder;
import java.util.Optional;
import java.util.regex.Pattern;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.rules.Rules;

/** The way to write the DNS record that proves ownership of a name. */
public sealed interface Dns01Solver {
  /** The secret in cert-manager's namespace with what the proof is written by. */
  DnsLabel secret();

  /** The same as cert-manager has it. */
  ACMEChallengeSolverDNS01 dns01();

  /**
   * Writes it through Cloudflare's API.
   *
   * @param secret the secret with the API token, in cert-manager's namespace
   * @param key the token's key in the secret; default: api-token
   */
  record Cloudflare(DnsLabel secret, Optional<String> key) implements Dns01Solver {
    @Override
    public ACMEChallengeSolverDNS01 dns01() {
      return new ACMEChallengeSolverDNS01Builder()
          .withNewCloudflare()
          .withNewApiTokenSecretRef()
          .withName(secret.text())
          .withKey(key.orElse("api-token"))
          .endApiTokenSecretRef()
          .endCloudflare()
          .build();
    }
  }

  /**
   * Sends an update to the zone's own server (RFC 2136), signed with a shared key (RFC 8945).
   *
   * @param server the server's address or name, with a port after a colon if it is not 53
   * @param keyName the name of the shared key on the server
   * @param algorithm the signature algorithm; default: HMACSHA256
   * @param secret the secret with the shared key, in cert-manager's namespace
   * @param key the shared key's key in the secret; default: tsig
   */
  record Rfc2136(
      String server,
      Hostname keyName,
      Optional<String> algorithm,
      DnsLabel secret,
      Optional<String> key)
      implements Dns01Solver {
    private static final Pattern SERVER = Pattern.compile("[a-z0-9][-a-z0-9.]*(:\\d{1,5})?");
    private static final Pattern ALGORITHM = Pattern.compile("HMAC(MD5|SHA1|SHA256|SHA512)");

    /**
     * @throws IllegalArgumentException if server or algorithm is none
     */
    public Rfc2136 {
      new Rules()
          .require(
              SERVER.matcher(server).matches(),
              "server",
              "is not a DNS server",
              "an address or a name, such as 192.168.1.1 or 192.168.1.1:5353")
          .require(
              algorithm.map(its -> ALGORITHM.matcher(its).matches()).orElse(true),
              "algorithm",
              "is not a supported algorithm",
              "HMACSHA256, HMACSHA512, HMACSHA1 or HMACMD5")
          .enforce();
    }

    @Override
    public ACMEChallengeSolverDNS01 dns01() {
      return new ACMEChallengeSolverDNS01Builder()
          .withNewRfc2136()
          .withNameserver(server)
          .withTsigKeyName(keyName.text())
          .withTsigAlgorithm(algorithm.orElse("HMACSHA256"))
          .withNewTsigSecretSecretRef()
          .withName(secret.text())
          .withKey(key.orElse("tsig"))
          .endTsigSecretSecretRef()
          .endRfc2136()
          .build();
    }
  }
}
