package starbase.preflight;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An API on the loopback that shows a certificate of its own making, as a Proxmox host does. */
final class Api implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  record Answer(int status, String body) {}

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final HttpsServer server;

  /**
   * @param folder keeps the certificate for the next
   * @param answers by path behind /api2/json/, without its query; others are answered with 501
   */
  Api(Path folder, Map<String, Answer> answers)
      throws IOException, GeneralSecurityException, InterruptedException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls(folder)));
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              "%s %s %s, Authorization: %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      exchange.getProtocol(),
                      exchange.getRequestHeaders().getFirst("Authorization")));
          var path = exchange.getRequestURI().getPath().replace("/api2/json/", "");
          var answer = answers.getOrDefault(path, new Answer(501, "{\"data\":null}"));
          var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.status(), bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  /** For another name than it is reached by: that too is no matter when anybody is believed. */
  private static SSLContext tls(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    var file = folder.resolve("pve.p12");
    if (!Files.exists(file)) {
      certify(file);
    }
    var store = KeyStore.getInstance("PKCS12");
    try (var bytes = Files.newInputStream(file)) {
      store.load(bytes, PASSWORD.toCharArray());
    }
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void certify(Path file) throws IOException, InterruptedException {
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "pve",
                "-dname",
                "CN=pve1.lab.example",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new AssertionError("keytool made no certificate");
    }
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  URI address() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
