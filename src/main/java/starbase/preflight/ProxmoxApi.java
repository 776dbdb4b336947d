package starbase.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLException;
import starbase.findings.Finding;

/** Asks Proxmox what there is. */
final class ProxmoxApi {
  static final String ENDPOINT = "starbase:proxmox.endpoint";

  /** Longer than the 30 s that pveproxy gives another host to answer. */
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;
  private final Token token;
  private final HttpClient client;

  /**
   * @param insecure whether to trust any certificate
   */
  ProxmoxApi(URI endpoint, boolean insecure, Token token) {
    this.endpoint = endpoint;
    this.token = token;
    var builder =
        HttpClient.newBuilder()
            // Proxmox speaks no other.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    this.client =
        insecure ? builder.sslContext(TrustAllCertificates.inAnybody()).build() : builder.build();
  }

  /**
   * The data of an answer.
   *
   * @param path behind /api2/json/
   * @throws ProxmoxUnreachable if Proxmox can't be reached, or rejects the token
   */
  JsonNode get(String path) throws ProxmoxUnreachable {
    var request =
        HttpRequest.newBuilder(endpoint.resolve("/api2/json/" + path))
            .timeout(TIMEOUT)
            .header("Authorization", token.header())
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new ProxmoxUnreachable(
            response.statusCode(), refusal(response.statusCode(), path, response.body()));
      }
      var answer = JSON.readTree(response.body());
      if (!answer.has("data")) {
        throw new ProxmoxUnreachable(200, noApi("it sent a response without data"));
      }
      return answer.path("data");
    } catch (JsonProcessingException e) {
      throw new ProxmoxUnreachable(200, noApi("it sent a response that is not JSON"));
    } catch (SSLException e) {
      throw new ProxmoxUnreachable(
          ProxmoxUnreachable.UNTRUSTED, TrustAllCertificates.untrusted(endpoint, reason(e)));
    } catch (IOException e) {
      throw new ProxmoxUnreachable(
          ProxmoxUnreachable.NOTHING,
          at("does not answer (%s)".formatted(reason(e)))
              .remedy(
                  "check the address and the network: curl -k %s"
                      .formatted(endpoint.resolve("/api2/json/version"))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while asking " + endpoint);
    }
  }

  private Finding refusal(int status, String path, String body) {
    return switch (status) {
      case 401 ->
          at("does not accept the token (401)")
              .remedy(
                  "check %s, and that the token has not expired: pveum user token list starbase@pve"
                      .formatted(Token.VARIABLE));
      case 403 ->
          at("does not let the token read %s (403)".formatted(path)).remedy(Privileges.GRANT);
      default ->
          at("answered %d%s when asked for %s".formatted(status, reason(body), path))
              .remedy("on that host: journalctl -u pveproxy");
    };
  }

  /** Proxmox's own words, which it also sends as the reason phrase; Java's client hides that. */
  private static String reason(String body) {
    try {
      var message = JSON.readTree(body).path("message").asText().strip();
      return message.isEmpty() ? "" : " (%s)".formatted(message);
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private Finding noApi(String why) {
    return at("is not a Proxmox API: " + why)
        .remedy(
            "use the address of a host with the port of its web page, such as https://192.168.1.2:8006");
  }

  private Finding at(String wrong) {
    return Finding.error(ENDPOINT, wrong).given(endpoint);
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection"; // its own message is empty
    }
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
