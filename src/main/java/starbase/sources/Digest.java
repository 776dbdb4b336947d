package starbase.sources;

import com.pulumi.exceptions.RunException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, as 64 lower case hexadecimal digits. */
final class Digest {
  private Digest() {}

  static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * @param what the file's address, and who says what its digest is
   * @throws RunException if the bytes have another digest; it names file, expected and actual
   */
  static void require(String what, String expected, byte[] bytes) {
    var actual = of(bytes);
    if (!actual.equals(expected)) {
      throw new RunException(
          "%s has another SHA-256 than expected:\n  expected %s\n  actual   %s"
              .formatted(what, expected, actual));
    }
  }
}
