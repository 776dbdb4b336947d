package starbase.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What {@code openssl enc -aes-256-cbc -pbkdf2 -base64 -A} makes of a text. */
final class OpenSsl {
  private static final byte[] SALT = "saltsalt".getBytes(StandardCharsets.US_ASCII);

  private OpenSsl() {}

  static String encrypt(String text, String password) {
    try {
      var derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, 10_000, 48 * Byte.SIZE))
              .getEncoded();
      var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(derived, 0, 32, "AES"),
          new IvParameterSpec(derived, 32, 16));
      var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      var all = new byte[16 + sealed.length];
      System.arraycopy("Salted__".getBytes(StandardCharsets.US_ASCII), 0, all, 0, 8);
      System.arraycopy(SALT, 0, all, 8, 8);
      System.arraycopy(sealed, 0, all, 16, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
