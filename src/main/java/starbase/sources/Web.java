package starbase.sources;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Speaks HTTP with the JDK's client and its default trust. */
public final class Web {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(20))
          .build();

  /**
   * The bytes at an address.
   *
   * @throws RunException if there is no answer in two minutes, or one other than 200
   */
  byte[] get(URI address) {
    var response = send(HttpRequest.newBuilder(address), "fetched (%s) and is not in the cache");
    if (response.statusCode() != 200) {
      throw new RunException(
          "%s answered %d, not 200; check the address and version in the stack file"
              .formatted(address, response.statusCode()));
    }
    return response.body();
  }

  /**
   * What an address answers to these bytes.
   *
   * @throws RunException if there is no answer in two minutes, or one that is neither 200 nor 201
   */
  byte[] post(URI address, byte[] body) {
    var response =
        send(
            HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
            "asked (%s)");
    if (response.statusCode() != 200 && response.statusCode() != 201) {
      throw new RunException(
          "%s answered %d, not 201: %s"
              .formatted(
                  address,
                  response.statusCode(),
                  new String(response.body(), StandardCharsets.UTF_8).strip()));
    }
    return response.body();
  }

  /**
   * The status of the answer to a HEAD, which may be long in coming.
   *
   * @param patience how long to wait for it
   * @return empty if there is no answer within that time
   */
  Optional<Integer> head(URI address, Duration patience) {
    var request =
        HttpRequest.newBuilder(address)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .timeout(patience)
            .build();
    try {
      return Optional.of(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while asking for " + address);
    }
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder builder, String failed) {
    var request = builder.timeout(TIMEOUT).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new RunException(
          "%s cannot be %s; check the network, then run again"
              .formatted(request.uri(), failed.formatted(reason(e))));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while fetching " + request.uri());
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection"; // its own message is empty
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
