package starbase.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the script's openssl writes this form is proven by {@link AccessStepsTest}. */
class EncryptedOutputTest {
  // printf 'secret\nlines' | openssl enc -aes-256-cbc -pbkdf2 -iter 10000 -md sha256 -pass
  // pass:0a1b | openssl base64 -A
  private static final String SEALED = "U2FsdGVkX19P/U/qgvIun5hHc0LCK4dflzb8hsTY5p0=";

  @Test
  void whatOpensslEncryptedIsRead() {
    assertThat(EncryptedOutput.open(SEALED + "\n", "0a1b")).isEqualTo("secret\nlines");
  }

  @ParameterizedTest
  @ValueSource(strings = {"encrypted output: ", "<{%"})
  void wordsBeforeTheCiphertextAreIgnored(String before) {
    assertThat(EncryptedOutput.open(before + SEALED, "0a1b")).isEqualTo("secret\nlines");
  }

  @Test
  void anotherKeyDoesNotOpenItAndTheMessageHoldsNothingOfIt() {
    assertThatThrownBy(() -> EncryptedOutput.open(SEALED, "other"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "what a command of the layer talos printed was not encrypted with this stack's key");
  }

  @Test
  void whatIsNotEncryptedAtAllIsNotOpened() {
    assertThatThrownBy(() -> EncryptedOutput.open("", "0a1b"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void noKeyIsMadeTwice() {
    assertThat(EncryptedOutput.key()).matches("[0-9a-f]{64}").isNotEqualTo(EncryptedOutput.key());
  }
}
