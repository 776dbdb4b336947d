package starbase.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenTest {
  @Test
  void theStacksOwnTokenGoesBeforeTheEnvironments() {
    var environment = Map.of("PROXMOX_VE_API_TOKEN", "a@pve!b=1");

    assertThat(Token.of(Map.of(), Optional.empty())).isEmpty();
    assertThat(Token.of(Map.of("PROXMOX_VE_API_TOKEN", " "), Optional.empty())).isEmpty();
    assertThat(Token.of(environment, Optional.of("c@pve!d=2")).orElseThrow().header())
        .isEqualTo("PVEAPIToken=c@pve!d=2");
    assertThat(Token.of(environment, Optional.empty()).orElseThrow().header())
        .isEqualTo("PVEAPIToken=a@pve!b=1");
  }

  @Test
  void theProviderFindsTheEnvironmentsTokenByItself() {
    assertThat(Token.of(Map.of("PROXMOX_VE_API_TOKEN", "a@pve!b=1"), Optional.empty()))
        .get()
        .extracting(Token::forProvider)
        .isEqualTo(Optional.empty());
    assertThat(Token.of(Map.of(), Optional.of("c@pve!d=2")).orElseThrow().forProvider())
        .contains("c@pve!d=2");
  }

  @Test
  void aTokenThatIsNoneIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(
            () -> Token.of(Map.of("PROXMOX_VE_API_TOKEN", "12345-67890"), Optional.empty()))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(
            "PROXMOX_VE_API_TOKEN is not a Proxmox API token; allowed: USER@REALM!")
        .hasMessageNotContaining("12345");
    assertThatThrownBy(() -> Token.of(Map.of(), Optional.of("PVEAPIToken=a@pve!b=1")))
        .hasMessageStartingWith("proxmoxve:apiToken is not a Proxmox API token");
    assertThat(Token.placeholder()).hasToString("[secret]");
  }
}
