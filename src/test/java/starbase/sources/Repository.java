package starbase.sources;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A web server on the loopback with a few files, which remembers what it was asked for. */
final class Repository implements AutoCloseable {
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, Duration> delays = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  Repository() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          asked.add(path);
          var body = exchange.getRequestBody().readAllBytes();
          if (body.length > 0) {
            posted.add(new String(body, StandardCharsets.UTF_8));
          }
          delay(path);
          var file = files.get(path);
          var head = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(
              file == null ? 404 : 200, file == null || head ? -1 : file.length);
          if (file != null && !head) {
            exchange.getResponseBody().write(file);
          }
          exchange.close();
        });
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  void put(String path, byte[] file) {
    files.put(path, file);
  }

  /** From now on, that answer takes so long. */
  void slow(String path, Duration delay) {
    delays.put(path, delay);
  }

  private void delay(String path) throws IOException {
    try {
      Thread.sleep(delays.getOrDefault(path, Duration.ZERO).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  List<String> asked() {
    return List.copyOf(asked);
  }

  /** What was sent along, in that order. */
  List<String> posted() {
    return List.copyOf(posted);
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
