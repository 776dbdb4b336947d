package starbase.talos;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secrets that a command prints, encrypted: the engine shows each line that a command prints, even
 * of a secret output.
 *
 * <p>The form is that of {@code openssl enc -aes-256-cbc -pbkdf2 -iter 10000 -md sha256}, base64: a
 * marker, eight bytes of salt, the ciphertext. Words that end with a space may stand before it.
 */
final class EncryptedOutput {
  /** The words before the base64 text. Older states have other words, or none. */
  private static final Pattern WORDS = Pattern.compile("^.*[ %]");

  private static final String MARKER = "Salted__";
  private static final int SALT = 8;
  private static final int ITERATIONS = 10_000;
  private static final int KEY = 32;
  private static final int BLOCK = 16;

  private EncryptedOutput() {}

  /** A new key; nobody guesses it. */
  static String key() {
    var bytes = new byte[KEY];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The text that was encrypted with the key.
   *
   * @throws IllegalStateException if it was encrypted with another key, or is something else
   */
  static String open(String sealed, String key) {
    try {
      var text = WORDS.matcher(sealed.trim()).replaceFirst("");
      var bytes = Base64.getDecoder().decode(text);
      var salted = MARKER.length() + SALT;
      var salt = Arrays.copyOfRange(bytes, MARKER.length(), salted);
      var derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
              .generateSecret(
                  new PBEKeySpec(key.toCharArray(), salt, ITERATIONS, (KEY + BLOCK) * Byte.SIZE))
              .getEncoded();
      var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(derived, 0, KEY, "AES"),
          new IvParameterSpec(derived, KEY, BLOCK));
      return new String(
          cipher.doFinal(bytes, salted, bytes.length - salted), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalStateException(
          "what a command of the layer talos printed was not encrypted with this stack's key", e);
    }
  }
}
