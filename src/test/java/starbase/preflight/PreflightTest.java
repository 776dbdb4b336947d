package starbase.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static starbase.preflight.Hosts.guest;
import static starbase.preflight.Hosts.storage;
import static starbase.preflight.Plans.machine;
import static starbase.preflight.Plans.plan;
import static starbase.preflight.Plans.wanted;

import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import starbase.findings.Finding;
import starbase.findings.InvalidConfig;
import starbase.findings.Severity;
import starbase.machines.DiskConfig;
import starbase.net.Address;
import starbase.net.DnsLabel;
import starbase.net.HostName;
import starbase.proxmox.HostReport;
import starbase.proxmox.StrandedMachine;

/** Plans against what an API answers. That Proxmox answers so is not proven here. */
class PreflightTest {
  private static final String OURS = "starbase;starbase-lab";
  private static final String UNCHECKED = "; hosts and VM ids are not checked; ";

  @TempDir private static Path certificates;
  @TempDir private Path bin;
  private final List<String> warnings = new ArrayList<>();
  private final Map<Address, Prober.Presence> onTheLan = new HashMap<>();
  private final Set<Address> probed = new HashSet<>();
  private final Hosts hosts = new Hosts();

  @BeforeEach
  void theDeskHasAllTools() throws IOException {
    tool("talosctl", "echo 'Talos v1.13.2'");
    for (var other : List.of("bash", "curl", "openssl")) {
      tool(other, "");
    }
  }

  @Test
  void hostsThatHaveAllThatThePlanNeedsAreNoFinding() throws Exception {
    assertThat(findings()).isEmpty();
  }

  @Test
  void fourteenMistakesAreFourteenFindingsAtOnceAndOnlyWarningsInAPreview() throws Exception {
    tool("talosctl", "echo 'Talos v1.14.0'");
    hosts
        .version("pve1", "8.2.4")
        .clock("pve2", -420)
        .storages(
            "pve1",
            storage("local", "dir", "iso,vztmpl", 90, false),
            storage("local-lvm", "lvmthin", "images,rootdir", 10, false))
        .may(Privileges.ALL.replace("VM.Migrate", "").split(" +"))
        .guests(guest(123, "pve1", "nas", ""));
    onTheLan.put(Address.parse("192.168.1.21"), Prober.Presence.ON_LAN);
    var misspelt = wanted("w1", "pve2", 121);
    misspelt.disk = new DiskConfig(20, "local-lvn");
    misspelt.bridge = "vmbr1";
    misspelt.pci = List.of("gpu");
    misspelt.pool = Optional.of("lab");
    misspelt.cores = 32;
    misspelt.inherited = Set.of("bridge");
    var machines =
        new PlannedMachine[] {
          machine("cp1", "pve1", 111),
          misspelt.build(),
          machine("w2", "pve3", 122),
          machine("w3", "pve2", 123)
        };

    try (var api = new Api(certificates, hosts.answers())) {
      var refused =
          catchThrowableOfType(InvalidConfig.class, () -> preflight(api, false, machines));
      assertThat(refused.findings())
          .extracting(Finding::toString)
          .containsExactlyInAnyOrder(
              "starbase:cluster.plan.talos: \"v1.13.2\" has another minor version than talosctl on the PATH, v1.14.0; "
                  + remedyOf(refused, "starbase:cluster.plan.talos"),
              "proxmoxve:apiToken: lacks privileges: VM.Migrate on /vms; " + Privileges.GRANT,
              "starbase:machines.w3.vmId: 123 is already used by \"nas\" on pve1, which does not belong to this stack: it has no tag starbase-lab; allowed: a free id, such as"
                  + " 124",
              "starbase:machines.cp1.host: \"pve1\" runs Proxmox VE 8.2.4, which can't"
                  + " import an image by its API; 8.4 or newer; on the host: apt update && apt"
                  + " full-upgrade",
              "warning: starbase:machines.w1.host: \"pve2\" has a clock that is 7 min"
                  + " behind this computer's; on the host: systemctl restart chrony && chronyc"
                  + " makestep; here: timedatectl set-ntp true",
              "starbase:machines.w2.host: \"pve3\" is not a host of this Proxmox cluster; did"
                  + " you mean \"pve1\"? allowed: pve1, pve2",
              "starbase:machines.w1.cores: 32 are more than pve2 has: Proxmox does not"
                  + " start such a machine; allowed: up to 16",
              "starbase:machines.w1.pool: \"lab\" is not a pool of this Proxmox cluster; on a"
                  + " host: pvesh create /pools --poolid lab",
              "starbase:machines.w1.pci: \"gpu\" is not a PCI mapping of this Proxmox cluster;"
                  + " on pve2: pvesh create /cluster/mapping/pci --id gpu --map"
                  + " node=pve2,path=0000:01:00.0,id=… (lspci -nn shows path and id)",
              "starbase:proxmox.image.datastore: \"local\" does not allow content type \"import\"; on a host:"
                  + " pvesm set local --content iso,vztmpl,import",
              "warning: starbase:machines.cp1.datastore: \"local-lvm\" has 10 GiB free on"
                  + " pve1, and the disks need 20 GiB more: it may run full; smaller disks, another datastore, or on pve1: pvesm list"
                  + " local-lvm",
              "starbase:machines.w1.datastore: \"local-lvn\" is not a storage of pve2; did you"
                  + " mean \"local-lvm\"? allowed: local, local-lvm",
              "starbase:machineDefaults.bridge: \"vmbr1\" is not a bridge of pve2; did you mean"
                  + " \"vmbr0\"? allowed: vmbr0",
              "starbase:machines.w1.address: \"192.168.1.21\" already answers, although no machine of this plan runs yet; choose another address outside the router's DHCP range, or see who has this one: arp -n 192.168.1.21");

      preflight(api, true, machines);
      assertThat(warnings)
          .containsExactlyElementsOf(refused.findings().stream().map(Finding::text).toList());
    }
  }

  @Test
  void whatIsOnlySuspiciousStopsNoUp() throws Exception {
    hosts.clock("pve2", 400);
    onTheLan.put(Address.parse("192.168.1.10"), Prober.Presence.ANSWERS);

    assertThat(findings()).hasSize(2).allMatch(finding -> finding.severity() == Severity.WARNING);
    assertThat(warnings.get(1))
        .isEqualTo(
            "starbase:cluster.plan.vip: \"192.168.1.10\" already answers, although no machine of this plan runs yet (unless a router answers in its place); choose another address outside the router's DHCP range, or see who has this one: arp -n 192.168.1.10");
  }

  @Test
  void addressesOfMachinesThatAreThereAreNotProbed() throws Exception {
    hosts.guests(guest(111, "pve1", "cp1", OURS), guest(121, "pve2", "w1", OURS));

    assertThat(findings()).isEmpty();
    assertThat(probed).isEmpty();
  }

  @Test
  void aMachineThatGetsAnotherIdHasItsAddressUntilItLeaves() throws Exception {
    hosts.guests(guest(111, "pve1", "cp1", OURS), guest(221, "pve2", "w1", OURS));
    onTheLan.put(Address.parse("192.168.1.21"), Prober.Presence.ON_LAN);

    assertThat(findings()).isEmpty();
  }

  @Test
  void aMachineWithoutANameIsTheStacksOwnByItsIdAndTag() throws Exception {
    hosts.guests(guest(111, "pve1", "", OURS), guest(121, "pve2", "w1", OURS));

    assertThat(findings()).isEmpty();
  }

  @Test
  void everyIdThatSomebodyElseHasIsNamedAtOnce() throws Exception {
    hosts.guests(
        guest(111, "pve1", "nas", "starbase-lab"), guest(121, "pve2", "w1", "starbase-other"));

    assertThat(findings())
        .extracting(Finding::text)
        .containsExactly(
            "starbase:machines.cp1.vmId: 111 is already used by \"nas\" on pve1, which does not belong to this stack: it is called \"nas\" there; allowed: a free id, such as 112",
            "starbase:machines.w1.vmId: 121 is already used by \"w1\" on pve2, which does not belong to this stack: it has no tag starbase-lab; allowed: a free id, such as 122");
  }

  @ParameterizedTest
  @CsvSource({"offline, 200", "online, 595", "online, 596", "online, 599"})
  void aHostThatIsDownIsSkippedAsLongAsNothingIsToBeMadeThere(String status, int answer)
      throws Exception {
    hosts.nodes(status).guests(guest(111, "pve1", "cp1", OURS), guest(121, "pve2", "", OURS));
    if (answer != 200) {
      hosts.answer("nodes/pve2/version", answer, "");
    }

    try (var api = new Api(certificates, hosts.answers())) {
      assertThat(preflight(api, false).absent()).containsExactly(new DnsLabel("w1"));
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("starbase:machines.w1.host: \"pve2\" does not answer (")
        .endsWith("): skipped; nothing is checked or changed on it, and w1 stays as it is");

    hosts.guests(guest(111, "pve1", "cp1", OURS));
    assertThat(findings())
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .startsWith("starbase:machines.w1.host: \"pve2\" does not answer (")
        .endsWith("), and w1 is to be made there; start the host, or name another one");
  }

  @Test
  void aMachineThatLeavesThePlanStaysOnAHostThatIsDown() throws Exception {
    hosts
        .nodes("offline")
        .guests(
            guest(111, "pve1", "cp1", OURS),
            guest(121, "pve2", "", OURS + ";node-w1"),
            guest(122, "pve2", "", "starbase;starbase-other;node-w2"));
    try (var api = new Api(certificates, hosts.answers())) {
      assertThat(preflight(api, false, machine("cp1", "pve1", 111)).stranded())
          .containsExactly(new StrandedMachine(new DnsLabel("w1"), new HostName("pve2"), 121));
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            "starbase:machines.w1: skipped: pve2 does not answer, so machine 121 can't be"
                + " deleted there; it leaves the cluster all the same; once pve2 answers, run `up`"
                + " again: that deletes it;");
  }

  @Test
  void imagesAreOneForAllHostsWhoseStorageIsShared() throws Exception {
    var shared = storage("local", "nfs", "import", 90, true);
    var disks = storage("local-lvm", "lvmthin", "images,rootdir", 500, false);
    hosts.storages("pve1", shared, disks).storages("pve2", shared, disks);

    try (var api = new Api(certificates, hosts.answers())) {
      assertThat(preflight(api, false)).isEqualTo(new HostReport(true, List.of(), Set.of()));
    }
  }

  @Test
  void aDiskThatShrinksIsAnErrorThatNamesBothSizesAndTheKey() throws Exception {
    hosts
        .guests(guest(111, "pve1", "cp1", OURS), guest(121, "pve2", "w1", OURS))
        .config("pve1", 111, "{\"scsi0\":\"local-lvm:vm-111-disk-1,discard=on,size=20G,ssd=1\"}")
        .config("pve2", 121, "{\"scsi0\":\"local-lvm:vm-121-disk-1,size=30G\"}");
    assertThat(findings())
        .extracting(Finding::text)
        .containsExactly(
            "starbase:machines.w1.disk: 20 is less than the present size of scsi0 of w1, 30 GiB: a disk can grow but not shrink; at least 30, in GiB; or a machine of another name with the"
                + " smaller disk, and this one out of the stack file");

    hosts.config("pve2", 121, "{\"scsi0\":\"local-lvm:vm-121-disk-1,size=20992M\"}");
    assertThat(findings())
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .contains("is less than the present size of scsi0 of w1, 20.5 GiB", "at least 21, in GiB");

    hosts.config("pve2", 121, "{\"scsi0\":\"local-lvm:vm-121-disk-1,size=10G\"}");
    assertThat(findings()).isEmpty();
  }

  @Test
  void aDiskThatGrowsNeedsRoomForWhatItGrows() throws Exception {
    hosts
        .guests(guest(111, "pve1", "cp1", OURS), guest(121, "pve2", "w1", OURS))
        .config("pve2", 121, "{\"scsi0\":\"local-lvm:vm-121-disk-1,size=20G\"}")
        .storages(
            "pve2",
            storage("local", "dir", "import", 90, false),
            storage("local-lvm", "lvm", "images", 10, false));
    var grown = wanted("w1", "pve2", 121);
    grown.disk = new DiskConfig(25, "local-lvm");
    assertThat(findings(machine("cp1", "pve1", 111), grown.build())).isEmpty();

    grown.disk = new DiskConfig(40, "local-lvm");
    assertThat(findings(machine("cp1", "pve1", 111), grown.build()))
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .contains("has 10 GiB free on pve2, and the disks need 20 GiB more");
  }

  @Test
  void aThickStorageWithoutRoomIsAnError() throws Exception {
    hosts.storages(
        "pve1",
        storage("local", "dir", "import", 90, false),
        storage("local-lvm", "lvm", "images", 10, false));

    assertThat(findings()).extracting(Finding::severity).containsExactly(Severity.ERROR);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pve1 | '' | WARNING | with cpuType host it may crash on a host with another CPU",
        "pve1 | gpu | WARNING | Proxmox does not move a running machine with a PCI device",
      })
  void aMoveSaysWhatCanHappen(String from, String pci, Severity severity, String said)
      throws Exception {
    hosts
        .guests(guest(121, from, "w1", OURS), guest(111, "pve1", "cp1", OURS))
        .data(
            "cluster/mapping/pci",
            "[{\"id\":\"gpu\",\"map\":[\"id=10de:1b80,node=pve2,path=0000:01:00.0\"]}]");
    var moved = wanted("w1", "pve2", 121);
    moved.pci = pci.isEmpty() ? List.of() : List.of(pci);

    assertThat(findings(machine("cp1", "pve1", 111), moved.build()))
        .singleElement()
        .matches(finding -> finding.severity() == severity)
        .extracting(Finding::text)
        .asString()
        .startsWith("starbase:machines.w1.host: moves from pve1 to pve2: " + said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.4.0", "8.4.14", "9.0.3", "9.1.1"})
  void hostsOfEachReleaseFrom84OnAreNoFinding(String release) throws Exception {
    hosts.version("pve1", release).version("pve2", release);

    assertThat(findings()).isEmpty();
  }

  /** {@code pveum role modify} refuses the whole list for one name that the release lacks. */
  @Test
  void noPrivilegeIsAskedForThatProxmox84Or9DoesNotKnow() {
    assertThat(Privileges.GRANT).doesNotContain("VM.Monitor", "VM.GuestAgent", "VM.Replicate");
  }

  @Test
  void aVlanOnABridgeThatIsNotAwareOfVlansIsSaid() throws Exception {
    var tagged = wanted("cp1", "pve1", 111);
    tagged.vlan = Optional.of(20);

    assertThat(findings(tagged.build()))
        .extracting(Finding::text)
        .singleElement()
        .asString()
        .startsWith(
            "starbase:machines.cp1.vlan: 20 is a VLAN on vmbr0 of pve1, which is not VLAN"
                + " aware");

    hosts.data(
        "nodes/pve1/network",
        "[{\"iface\":\"vmbr0\",\"type\":\"bridge\",\"bridge_vlan_aware\":1}]");
    assertThat(findings(tagged.build())).isEmpty();
  }

  @Test
  void aTokenThatSeesNothingIsToldOfItsPrivilegesAndOfNothingElse() throws Exception {
    hosts.may().storages("pve1").storages("pve2");

    assertThat(findings()).extracting(Finding::key).containsExactly("proxmoxve:apiToken");
  }

  @Test
  void withAnotherHostAnAnswerIsHadWhereTheEndpointIsDown() throws Exception {
    hosts.guests(guest(111, "pve1", "cp1", OURS), guest(121, "pve2", "w1", OURS));
    try (var api = new Api(certificates, hosts.answers())) {
      var port = api.address().getPort();
      // The same port, where only 127.0.0.1 listens.
      var silent = URI.create("https://127.0.0.2:" + port);
      check(plan(silent, true, Map.of("pve1", Address.parse("127.0.0.1"))), false);
      assertThat(warnings)
          .containsExactly(
              "starbase:proxmox.endpoint: \"https://127.0.0.2:%1$d\" does not answer (no connection); another host answers: pulumi config set --path starbase:proxmox.endpoint https://127.0.0.1:%1$d"
                  .formatted(port));
    }
  }

  @Test
  void anApiThatIsNotThereStopsAnUpUnlessAllMachinesAnswer() {
    var nobody = URI.create("https://127.0.0.1:1");
    var said =
        "starbase:proxmox.endpoint: \"https://127.0.0.1:1\" does not answer (no connection)"
            + UNCHECKED
            + "check the address and the network: curl -k https://127.0.0.1:1/api2/json/version";

    check(plan(nobody), true);
    assertThat(warnings).containsExactly(said);
    assertThatThrownBy(() -> check(plan(nobody), false))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageEndingWith("\n  - " + said);

    warnings.clear();
    onTheLan.put(Address.parse("192.168.1.11"), Prober.Presence.ANSWERS);
    onTheLan.put(Address.parse("192.168.1.21"), Prober.Presence.ON_LAN);
    check(plan(nobody), false);
    assertThat(warnings).containsExactly(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 | does not accept the token (401)%scheck PROXMOX_VE_API_TOKEN, and that the token has"
            + " not expired",
        "403 | does not let the token read cluster/resources?type=vm (403)%son a host: pveum role"
            + " modify",
        "500 | answered 500 when asked for cluster/resources?type=vm%son that host: journalctl -u"
            + " pveproxy"
      })
  void anApiThatRefusesSaysWhatIsMissing(int status, String said) throws Exception {
    hosts.answer("cluster/resources", status, "{\"data\":null}");
    try (var api = new Api(certificates, hosts.answers())) {
      assertThatThrownBy(() -> preflight(api, false))
          .hasMessageContaining("\"%s\" ".formatted(api.address()) + said.formatted(UNCHECKED));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html> | it sent a response that is not JSON",
        "{} | it sent a response without data"
      })
  void whatIsNoApiIsSaid(String body, String said) throws Exception {
    hosts.answer("cluster/resources", 200, body);
    try (var api = new Api(certificates, hosts.answers())) {
      assertThatThrownBy(() -> preflight(api, false))
          .hasMessageContaining("\"%s\" is not a Proxmox API: %s".formatted(api.address(), said));
    }
  }

  @Test
  void aCertificateThatIsNotTrustedNamesBothTrustStoresAndTheWayAround() throws Exception {
    try (var api = new Api(certificates, hosts.answers())) {
      assertThatThrownBy(() -> check(plan(api.address(), false, Map.of()), false))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining("shows a certificate that is not trusted here (")
          .hasMessageContaining("scp root@127.0.0.1:/etc/pve/pve-root-ca.pem .\n")
          .hasMessageContaining("keytool -importcert -noprompt -cacerts ")
          .hasMessageContaining("update-ca-certificates\n")
          .hasMessageContaining("pulumi config set --path starbase:proxmox.insecure true");
      assertThat(api.asked()).isEmpty();
    }
  }

  @Test
  void withoutATokenAPreviewGoesOnAndAnUpSaysHowToMakeOne() {
    var preflight = new Preflight(plan(URI.create("https://192.168.1.2:8006")), desk(), this::look);
    preflight.check(Optional.empty(), true, warnings::add);

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            "proxmoxve:apiToken: is missing: the program needs a token for the Proxmox API at"
                + " https://192.168.1.2:8006")
        .contains(
            "  pveum role add Starbase --privs \"Datastore.Allocate ",
            "  pveum user token add starbase@pve lab --privsep 0\n",
            "  export PROXMOX_VE_API_TOKEN='starbase@pve!lab=UUID'\n",
            "  pulumi config set --secret proxmoxve:apiToken");
    assertThatThrownBy(() -> preflight.check(Optional.empty(), false, warnings::add))
        .isInstanceOf(RunException.class)
        .hasMessageEndingWith(warnings.get(0));
  }

  @Test
  void theTokenIsShownToTheApiAndAllRequestsOnlyRead() throws Exception {
    try (var api = new Api(certificates, hosts.answers())) {
      preflight(api, false);
      assertThat(api.asked())
          .contains(
              "GET /api2/json/cluster/resources?type=vm HTTP/1.1,"
                  + " Authorization: PVEAPIToken=starbase@pve!lab=1-2-3")
          .allMatch(asked -> asked.startsWith("GET "));
    }
  }

  @Test
  void thePrivilegesThatAreAskedForAreThoseOfTheVirtualLabsToken() throws Exception {
    var setup = Files.readString(Path.of("virtual/internal/proxmox/setup.go"));
    var lab = Pattern.compile("LabPrivileges = strings.Fields\\(`([^`]+)`\\)").matcher(setup);

    assertThat(lab.find()).isTrue();
    assertThat(Privileges.ALL.split(" ")).containsExactly(lab.group(1).strip().split("\\s+"));
  }

  private static String remedyOf(InvalidConfig refused, String key) {
    return refused.findings().stream()
        .filter(finding -> finding.key().equals(key))
        .findFirst()
        .orElseThrow()
        .remedy();
  }

  /** All that an `up` finds. */
  private List<Finding> findings(PlannedMachine... machines) throws Exception {
    warnings.clear();
    try (var api = new Api(certificates, hosts.answers())) {
      preflight(api, false, machines);
      return warnings.stream()
          .map(text -> text.split(": ", 2))
          .map(parts -> Finding.warning(parts[0], parts[1]))
          .toList();
    } catch (InvalidConfig e) {
      return e.findings();
    }
  }

  private HostReport preflight(Api api, boolean preview, PlannedMachine... machines) {
    return check(plan(api.address(), machines), preview);
  }

  private HostReport check(HardwarePlan plan, boolean preview) {
    return new Preflight(plan, desk(), this::look).check(token(), preview, warnings::add);
  }

  private Map<Address, Prober.Presence> look(Set<Address> addresses) {
    probed.addAll(addresses);
    return onTheLan;
  }

  private Desk desk() {
    return new Desk(Map.of("PATH", bin.toString()));
  }

  private void tool(String name, String script) throws IOException {
    var file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " can't be made executable");
    }
  }

  private static Optional<Token> token() {
    return Token.of(Map.of(), Optional.of("starbase@pve!lab=1-2-3"));
  }
}
