package starbase.fetch;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Gets files over HTTP with the JDK's client and its default trust. */
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
    var request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new RunException(
            "%s answered %d, not 200; check the address and version in the stack file"
                .formatted(address, response.statusCode()));
      }
      return response.body();
    } catch (IOException e) {
      throw new RunException(
          "%s cannot be fetched (%s) and is not in the cache; check the network, then run again"
              .formatted(address, reason(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("interrupted while fetching " + address);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "no connection"; // its own message is empty
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
