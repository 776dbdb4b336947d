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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;

/** Asks Proxmox what there is. */
final class ProxmoxApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;
  private final Token token;
  private final HttpClient client;

  /**
   * @param insecure whether to believe whoever answers
   */
  ProxmoxApi(URI endpoint, boolean insecure, Token token) {
    this.endpoint = endpoint;
    this.token = token;
    var builder =
        HttpClient.newBuilder()
            // Proxmox speaks no other.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    this.client = insecure ? builder.sslContext(Trust.inAnybody()).build() : builder.build();
  }

  /**
   * The machines and containers of all hosts, as far as the token may see them.
   *
   * @throws NoAnswer if Proxmox can't be reached, or does not let the token in
   */
  List<Guest> guests() throws NoAnswer {
    var entries = get("/api2/json/cluster/resources?type=vm").path("data");
    if (!entries.isArray()) {
      throw new NoAnswer(
          "%s is no API of Proxmox: it answered without a list of machines; check starbase:proxmox.endpoint"
              .formatted(endpoint));
    }
    var guests = new ArrayList<Guest>();
    entries.forEach(entry -> guests.add(Guest.of(entry)));
    return guests;
  }

  private JsonNode get(String path) throws NoAnswer {
    var request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", token.header())
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      switch (response.statusCode()) {
        case 200:
          return JSON.readTree(response.body());
        case 401:
          throw new NoAnswer(
              "%s does not know the token (401); check %s, and that the token has not expired"
                  .formatted(endpoint, Token.VARIABLE));
        case 403:
          throw new NoAnswer(
              "%s does not let the token see machines (403); give its user a role with VM.Audit on /"
                  .formatted(endpoint));
        default:
          throw new NoAnswer(
              "%s answered %d when asked for its machines; look at pveproxy's log on that host"
                  .formatted(endpoint, response.statusCode()));
      }
    } catch (JsonProcessingException e) {
      throw new NoAnswer(
          "%s is no API of Proxmox: it answered something else than JSON; check starbase:proxmox.endpoint"
              .formatted(endpoint));
    } catch (SSLException e) {
      throw new NoAnswer(
          "%s shows a certificate that is not trusted here (%s); trust Proxmox's authority (/etc/pve/pve-root-ca.pem), or say insecure: true in starbase:proxmox"
              .formatted(endpoint, reason(e)));
    } catch (IOException e) {
      throw new NoAnswer(
          "%s does not answer (%s); check starbase:proxmox.endpoint and the network"
              .formatted(endpoint, reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while asking " + endpoint);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection"; // its own message is empty
    }
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
