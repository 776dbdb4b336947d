package starbase.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A client on the LAN reaches every page by its name, at the Gateways' real addresses, through real
 * Envoy, with the certificates that were issued. Proves what the Cilium operator wrote and Envoy
 * serves; not that eBPF would lead packets to it, and no policy is enforced.
 */
@ExtendWith(VirtualLab.class)
class TrafficIT {

  private static final Pattern REPLY = Pattern.compile("reply from \\S+ \\[(\\S+)]");

  private final VirtualLab.Running lab;
  private final Client client;

  TrafficIT(VirtualLab.Running lab) {
    this.lab = lab;
    this.client = new Client(lab);
    lab.firstUp().succeeded();
  }

  @ParameterizedTest
  @CsvSource({
    "home, 192.168.1.102",
    "homepage, 192.168.1.102",
    "app, 192.168.1.102",
    "argocd, 192.168.1.101"
  })
  void everyPageAnswersAtItsGateway(String host, String address) {
    assertThat(client.said("%{http_code} %{remote_ip}", "https://" + host + ".starbasestudio.uk/"))
        .isEqualTo("200 " + address);
  }

  @ParameterizedTest
  @CsvSource({
    "home, cert-starbase",
    "homepage, cert-starbase",
    "app, cert-starbase",
    "argocd, argocd-tls-secret"
  })
  void theCertificatePresentedIsTheOneInTheSecret(String host, String secret) {
    assertThat(client.certificate(host + ".starbasestudio.uk")).isEqualTo(certificate(secret));
  }

  @ParameterizedTest
  @CsvSource({"home", "homepage", "app", "argocd"})
  void httpIsRedirectedToHttps(String host) {
    var url = "://" + host + ".starbasestudio.uk";
    assertThat(client.said("%{http_code} %{redirect_url}", "http" + url + "/page?of=it"))
        .isEqualTo("301 https" + url + ":443/page?of=it");
  }

  @Test
  void whoDoesNotTrustASelfSignedCertificateIsWarned() {
    assertThat(lab.exec("curl", "--silent", "https://home.starbasestudio.uk/").exitCode())
        .as("curl: peer certificate cannot be authenticated")
        .isEqualTo(60);
  }

  @Test
  void aPageThatNobodyHasIsNotFound() {
    assertThat(client.said("%{http_code} %{remote_ip}", "https://nosuch.starbasestudio.uk/"))
        .isEqualTo("404 192.168.1.102");
  }

  @Test
  void aNameThatNoListenerHasIsRefusedInTheHandshake() {
    var refused =
        client.curl("--resolve", "other.example:443:192.168.1.102", "https://other.example/");
    assertThat(refused.exitCode()).as("curl: SSL connect error").isEqualTo(35);
  }

  @Test
  void aNameThatIsNobodysDoesNotResolve() {
    assertThat(client.curl("https://www.example.org/").exitCode())
        .as("curl: couldn't resolve host")
        .isEqualTo(6);
  }

  @Test
  void anInternalPageIsNotThereAtTheExternalGateway() {
    var page =
        client.curl(
            "--resolve",
            "argocd.starbasestudio.uk:443:192.168.1.102",
            "-w",
            "%{http_code}",
            "https://argocd.starbasestudio.uk/");
    assertThat(page.succeeded().out()).isEqualTo("404");
  }

  @ParameterizedTest
  @CsvSource({"https://app.starbasestudio.uk/", "http://192.168.1.103:8080/"})
  void bothPodsOfAppXAnswerInTurn(String url) {
    var answered = client.pods(10, url);
    assertThat(new TreeSet<>(answered)).isEqualTo(pods("app-x"));
    for (int i = 1; i < answered.size(); i++) {
      assertThat(answered.get(i))
          .as("request %d of %s", i, answered)
          .isNotEqualTo(answered.get(i - 1));
    }
  }

  @ParameterizedTest
  @CsvSource({"gateway-internal, 192.168.1.101", "gateway-external, 192.168.1.102"})
  void oneNodeAloneAnswersForAnAddress(String gateway, String address) {
    var machines = new Machines(lab);
    var announcer = machines.hardware(machines.announcer(gateway));
    var asked = lab.exec("arping", "-b", "-c", "3", "-I", "lan0", address).succeeded().out();
    assertThat(REPLY.matcher(asked).results().map(reply -> reply.group(1)))
        .as("answers to three questions: %s", asked)
        .containsExactly(announcer, announcer, announcer);
  }

  @ParameterizedTest
  @CsvSource({"home", "homepage", "app", "argocd"})
  void thePersonSeesHowEachPageAnswers(String host) {
    assertThat(lab.firstUp().out())
        .containsPattern("\nhttps://" + host + "\\.starbasestudio\\.uk/ +200 after \\d+ ms\n")
        .containsPattern("\nhttp://" + host + "\\.starbasestudio\\.uk/ +301 after \\d+ ms\n");
  }

  private Set<String> pods(String namespace) {
    var names = new TreeSet<String>();
    lab.get("pods", "-n", namespace)
        .at("/items")
        .forEach(pod -> names.add(pod.at("/metadata/name").asText()));
    return names;
  }

  private String certificate(String secret) {
    var encoded = lab.get("secret", "-n", "gateway", secret).at("/data/tls.crt").asText();
    return new String(Base64.getDecoder().decode(encoded), UTF_8).strip();
  }
}
