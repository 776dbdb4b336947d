package starbase.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.pulumi.exceptions.RunException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import starbase.config.Finding;
import starbase.config.InvalidConfig;
import starbase.proxmox.ProxmoxConfig;
import starbase.testing.RealLab;

/**
 * The machines of Pulumi.lab.yaml against what an API answers. That Proxmox answers so is not
 * proven here.
 */
class PreflightTest {
  private static final String NONE = "{\"data\":[]}";
  private static final String UNTIL_THEN =
      "\nUntil then nobody knows whether the ids of starbase:machines are free.";

  @TempDir private static Path folder;
  private final List<String> warnings = new ArrayList<>();

  @Test
  void nothingIsSaidOfFreeIds() throws Exception {
    try (var api = new Api(folder, 200, NONE)) {
      up(api.address(), true);

      assertThat(warnings).isEmpty();
      assertThat(api.asked())
          .containsExactly(
              "GET /api2/json/cluster/resources?type=vm HTTP/1.1,"
                  + " Authorization: PVEAPIToken=starbase@pve!lab=1-2-3");
    }
  }

  @Test
  void machinesOfThisStackAreItsOwn() throws Exception {
    var own =
        """
        {"data":[
          {"vmid":111,"name":"cp1","node":"pve2","type":"qemu","tags":"starbase;starbase-lab"},
          {"vmid":200,"name":"nas","node":"pve1","type":"qemu"}]}""";
    try (var api = new Api(folder, 200, own)) {
      up(api.address(), true);

      assertThat(warnings).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void everyIdThatSomebodyElseHasIsNamedAtOnce(boolean preview) throws Exception {
    var foreign =
        """
        {"data":[
          {"vmid":111,"name":"nas","node":"pve1","type":"qemu","tags":"starbase-lab"},
          {"vmid":112,"name":"cp2","node":"pve2","type":"qemu","tags":"starbase;starbase-other"},
          {"vmid":114,"name":"mail","node":"pve2","type":"qemu"},
          {"vmid":122,"name":"dns","node":"pve2","type":"lxc"}]}""";
    try (var api = new Api(folder, 200, foreign)) {
      var refused =
          catchThrowableOfType(
              InvalidConfig.class, () -> check(api.address(), true, token(), preview));

      assertThat(refused.findings())
          .extracting(Finding::toString)
          .containsExactly(
              "starbase:machines.cp1.vmId: 111 is the id of \"nas\" on pve1, which is not this stack's: it is called \"nas\" there; allowed: an id that is free, as 115",
              "starbase:machines.cp2.vmId: 112 is the id of \"cp2\" on pve2, which is not this stack's: it has no tag starbase-lab; allowed: an id that is free, as 115",
              "starbase:machines.w2.vmId: 122 is the id of \"dns\" on pve2, which is not this stack's: it has no tag starbase-lab; allowed: an id that is free, as 123");
      assertThat(refused).hasMessageStartingWith("the configuration has 3 problems");
    }
  }

  @Test
  void anApiThatIsNotThereIsOneWarningInAPreviewAndAnErrorInAnUp() {
    var nobody = URI.create("https://127.0.0.1:1");
    var said =
        "https://127.0.0.1:1 does not answer (no connection); check starbase:proxmox.endpoint and the network"
            + UNTIL_THEN;

    check(nobody, true, token(), true);
    assertThat(warnings).containsExactly(said);
    assertThatThrownBy(() -> up(nobody, true)).isInstanceOf(RunException.class).hasMessage(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | does not know the token (401); check PROXMOX_VE_API_TOKEN, and that the token has not expired",
        "403 | does not let the token see machines (403); give its user a role with VM.Audit on /",
        "595 | answered 595 when asked for its machines; look at pveproxy's log on that host"
      })
  void anApiThatRefusesSaysWhatIsMissing(int status, String said) throws Exception {
    try (var api = new Api(folder, status, "{\"data\":null}")) {
      assertThatThrownBy(() -> up(api.address(), true))
          .hasMessage(api.address() + " " + said + UNTIL_THEN);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html> | it answered something else than JSON",
        "{} | it answered without a list of machines"
      })
  void whatIsNoApiIsSaid(String body, String said) throws Exception {
    try (var api = new Api(folder, 200, body)) {
      assertThatThrownBy(() -> up(api.address(), true))
          .hasMessage(
              "%s is no API of Proxmox: %s; check starbase:proxmox.endpoint%s"
                  .formatted(api.address(), said, UNTIL_THEN));
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefusedUnlessTheStackFileSaysSo() throws Exception {
    try (var api = new Api(folder, 200, NONE)) {
      assertThatThrownBy(() -> up(api.address(), false))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith(api.address() + " shows a certificate that is not trusted here (")
          .hasMessageContaining(
              "); trust Proxmox's authority (/etc/pve/pve-root-ca.pem), or say insecure: true in starbase:proxmox"
                  + UNTIL_THEN);
      assertThat(api.asked()).isEmpty();
    }
  }

  @Test
  void withoutATokenAPreviewGoesOnAndAnUpSaysHowToMakeOne() {
    var endpoint = URI.create("https://192.168.1.2:8006");
    check(endpoint, false, Optional.empty(), true);

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("there is no token for the API of Proxmox at https://192.168.1.2:8006.")
        .contains(
            "  pveum role add Starbase --privs \"Datastore.Allocate ",
            "  pveum user token add starbase@pve lab --privsep 0\n",
            "  export PROXMOX_VE_API_TOKEN='starbase@pve!lab=UUID'\n",
            "  pulumi config set --secret proxmoxve:apiToken\n");
    assertThatThrownBy(() -> check(endpoint, false, Optional.empty(), false))
        .isInstanceOf(RunException.class)
        .hasMessage(warnings.get(0));
  }

  @Test
  void thePrivilegesThatAreAskedForAreThoseOfTheVirtualLabsToken() throws Exception {
    var setup = Files.readString(Path.of("virtual/internal/proxmox/setup.go"));
    var lab = Pattern.compile("LabPrivileges = strings.Fields\\(`([^`]+)`\\)").matcher(setup);

    assertThat(lab.find()).isTrue();
    assertThat(Preflight.PRIVILEGES.split(" ")).containsExactly(lab.group(1).strip().split("\\s+"));
  }

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
        .hasMessageStartingWith("PROXMOX_VE_API_TOKEN is no token of Proxmox; allowed: USER@REALM!")
        .hasMessageNotContaining("12345");
    assertThatThrownBy(() -> Token.of(Map.of(), Optional.of("PVEAPIToken=a@pve!b=1")))
        .hasMessageStartingWith("proxmoxve:apiToken is no token of Proxmox");
    assertThat(Token.placeholder()).hasToString("[secret]");
  }

  private void up(URI endpoint, boolean insecure) {
    check(endpoint, insecure, token(), false);
  }

  private void check(URI endpoint, boolean insecure, Optional<Token> token, boolean preview) {
    var lab = RealLab.config();
    var image = lab.proxmox().orElseThrow().image();
    var config = new ProxmoxConfig(endpoint, Optional.of(insecure), image);
    Preflight.check(config, lab.nodes(), "lab", token, preview, warnings::add);
  }

  private static Optional<Token> token() {
    return Token.of(Map.of(), Optional.of("starbase@pve!lab=1-2-3"));
  }
}
