package starbase.tools.doctor;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/** Sends the request itself. */
public interface Request {
  /**
   * How it was answered.
   *
   * @param status HTTP's status code
   */
  record Answer(int status, Duration took) {}

  /**
   * Asks for the target at an address, whatever DNS says.
   *
   * @param trusted what a client trusts
   * @throws javax.net.ssl.SSLException if the server shows a certificate that is not trusted or for
   *     another host
   * @throws IOException if nobody answers, or not by HTTP
   */
  Answer send(String address, RequestTarget target, List<X509Certificate> trusted)
      throws IOException;
}
