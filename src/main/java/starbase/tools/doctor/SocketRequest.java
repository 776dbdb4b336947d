package starbase.tools.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A GET on a socket of its own: Java's HTTP client cannot name one host and go to another address.
 */
public final class SocketRequest implements Request {
  private static final int MILLISECONDS = 10_000;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

  @Override
  public Answer send(String address, RequestTarget target, List<X509Certificate> trusted)
      throws IOException {
    var start = Instant.now();
    try (var plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, target.port()), MILLISECONDS);
      plain.setSoTimeout(MILLISECONDS);
      try (var socket = target.tls() ? secured(plain, target, trusted) : plain) {
        socket.getOutputStream().write(request(target).getBytes(US_ASCII));
        socket.getOutputStream().flush();
        int status =
            status(new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)));
        return new Answer(status, Duration.between(start, Instant.now()));
      }
    }
  }

  private static String request(RequestTarget target) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: starbase-doctor\r\nAccept: */*\r\nConnection: close\r\n\r\n"
        .formatted(target.path(), target.host());
  }

  private static int status(BufferedReader answer) throws IOException {
    var line = answer.readLine();
    if (line == null) {
      throw new IOException("the connection was closed without an answer");
    }
    var matcher = STATUS_LINE.matcher(line);
    if (!matcher.matches()) {
      throw new IOException("the answer is not HTTP: " + line);
    }
    return Integer.parseInt(matcher.group(1));
  }

  private static SSLSocket secured(
      Socket plain, RequestTarget target, List<X509Certificate> trusted) throws IOException {
    var host = target.host().text();
    var socket =
        (SSLSocket)
            trusting(trusted).getSocketFactory().createSocket(plain, host, target.port(), true);
    var parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(host)));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static SSLContext trusting(List<X509Certificate> trusted) throws IOException {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("trusted-" + i, trusted.get(i));
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java knows no TLS", e);
    }
  }
}
