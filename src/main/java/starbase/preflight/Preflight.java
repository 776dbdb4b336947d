package starbase.preflight;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import starbase.findings.Finding;
import starbase.findings.InvalidConfig;
import starbase.findings.Severity;
import starbase.net.DnsLabel;
import starbase.net.HostName;
import starbase.proxmox.HostReport;
import starbase.proxmox.StrandedMachine;

/**
 * Checks the user's computer, the Proxmox hosts and the LAN before the first resource is created,
 * and reports all problems at once. Changes nothing.
 */
public final class Preflight {
  private final HardwarePlan plan;
  private final Desk desk;
  private final Prober prober;

  /**
   * @param desk the person's computer
   * @param prober finds out who has an address; asked only for those that nobody should have yet,
   *     and for those of machines that are out of Proxmox's sight
   */
  public Preflight(HardwarePlan plan, Desk desk, Prober prober) {
    this.plan = plan;
    this.desk = desk;
    this.prober = prober;
  }

  /**
   * Checks the plan against what is there.
   *
   * @param token for Proxmox's API, if there is one
   * @param preview whether nothing will be made: then every finding is a warning
   * @param warn takes the warnings
   * @return what the hosts said that changes what is planned
   * @throws InvalidConfig with all findings, if something would fail and this is no preview
   */
  public HostReport check(Optional<Token> token, boolean preview, Consumer<String> warn) {
    var findings = new ArrayList<>(desk.findings(plan.talos()));
    var report = HostReport.NOTHING;
    try {
      var facts = facts(token.orElseThrow(this::noToken), findings);
      findings.addAll(facts.granted().findings(plan));
      findings.addAll(VmIdOwnership.findings(facts, plan));
      findings.addAll(HostChecks.findings(facts, plan));
      findings.addAll(StorageChecks.findings(facts, plan));
      findings.addAll(NetworkChecks.bridges(facts, plan));
      findings.addAll(NetworkChecks.taken(facts, plan, prober));
      var stranded = stranded(facts);
      stranded.forEach(machine -> findings.add(skipped(machine)));
      report = new HostReport(StorageChecks.imagesAreShared(facts, plan), stranded, absent(facts));
    } catch (ProxmoxUnreachable e) {
      findings.add(unknown(e, preview));
    }
    tell(findings, preview, warn);
    return report;
  }

  /**
   * Any host of the cluster speaks for all of them: where the endpoint is silent, others are asked.
   */
  private Facts facts(Token token, List<Finding> findings) throws ProxmoxUnreachable {
    try {
      return Survey.of(new ProxmoxApi(plan.endpoint(), plan.insecure(), token), plan);
    } catch (ProxmoxUnreachable e) {
      if (e.isSilence()) {
        for (var other : others()) {
          try {
            var facts = Survey.of(new ProxmoxApi(other, plan.insecure(), token), plan);
            findings.add(elsewhere(e.finding(), other, facts));
            return facts;
          } catch (ProxmoxUnreachable silent) {
            e.addSuppressed(silent);
          }
        }
      }
      throw e;
    }
  }

  /** The other hosts, at the endpoint's port; without one, at that of HTTPS. */
  private List<URI> others() {
    var port = plan.endpoint().getPort() < 0 ? "" : ":" + plan.endpoint().getPort();
    return plan.hosts().values().stream()
        .map(address -> URI.create("https://" + address + port))
        .filter(other -> !other.getAuthority().equals(plan.endpoint().getAuthority()))
        .toList();
  }

  /** The provider asks the endpoint and no other; where it has nothing to do, it does not ask. */
  private Finding elsewhere(Finding silence, URI other, Facts facts) {
    var said =
        silence.remedy(
            "another host answers: pulumi config set --path %s %s"
                .formatted(ProxmoxApi.ENDPOINT, other));
    return plan.machines().stream().anyMatch(facts::isMissing) ? said : said.asWarning();
  }

  /**
   * Without an answer from Proxmox, the owners of the VM ids are unknown, and the provider
   * (0.111.1) would take over machines that do not belong to the stack. If all machines answer,
   * none will be created, so this is safe.
   */
  private Finding unknown(ProxmoxUnreachable silence, boolean preview) {
    var finding = silence.finding();
    var unchecked =
        new Finding(
            finding.severity(),
            finding.key(),
            finding.given(),
            finding.wrong() + "; hosts and VM ids are not checked",
            finding.remedy());
    return !preview && silence.isSilence() && allAnswer() ? unchecked.asWarning() : unchecked;
  }

  private boolean allAnswer() {
    var addresses =
        plan.machines().stream().map(PlannedMachine::address).collect(Collectors.toSet());
    return prober.look(addresses).keySet().containsAll(addresses);
  }

  /** The stack's machines that the plan has no more, on hosts that do not answer. */
  private List<StrandedMachine> stranded(Facts facts) {
    var planned =
        plan.machines().stream().map(machine -> machine.name().text()).collect(Collectors.toSet());
    return facts.guests().stream()
        .filter(guest -> guest.belongsTo(plan.stack()) && facts.isSilent(guest.host()))
        .flatMap(
            guest ->
                guest.node().stream()
                    .filter(node -> !planned.contains(node))
                    .map(
                        node ->
                            new StrandedMachine(
                                new DnsLabel(node), new HostName(guest.host()), guest.vmId())))
        .toList();
  }

  private Set<DnsLabel> absent(Facts facts) {
    return plan.machines().stream()
        .filter(machine -> facts.isSilent(machine.host()))
        .map(PlannedMachine::name)
        .collect(Collectors.toSet());
  }

  private static Finding skipped(StrandedMachine machine) {
    return Finding.warning(
            "starbase:machines." + machine.name(),
            "skipped: %s does not answer, so machine %d can't be deleted there; it leaves the cluster all the same"
                .formatted(machine.host(), machine.vmId()))
        .remedy(
            "once %1$s answers, run `up` again: that deletes it; if it is a node again by then: kubectl delete node %2$s. If %1$s is gone for good, on another host: pvecm delnode %1$s && rm -r /etc/pve/nodes/%1$s; then here: pulumi state delete --target-dependents with the URN of proxmox-%2$s (pulumi stack --show-urns)"
                .formatted(machine.host(), machine.name()));
  }

  static void tell(List<Finding> findings, boolean preview, Consumer<String> warn) {
    if (!preview && findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      throw new InvalidConfig(findings);
    }
    findings.forEach(finding -> warn.accept(finding.text()));
  }

  private ProxmoxUnreachable noToken() {
    return new ProxmoxUnreachable(
        401,
        Finding.error(
                Token.KEY,
                "is missing: the program needs a token for the Proxmox API at " + plan.endpoint())
            .remedy(
                """
                to make one, on a host:
                      pveum role add Starbase --privs "%s"
                      pveum user add starbase@pve
                      pveum acl modify / --users starbase@pve --roles Starbase
                      pveum user token add starbase@pve lab --privsep 0
                    to hand it over, one of:
                      export %s='starbase@pve!lab=UUID'
                      pulumi config set --secret %s\
                """
                    .formatted(Privileges.ALL, Token.VARIABLE, Token.KEY)));
  }
}
