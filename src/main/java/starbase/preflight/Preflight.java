package starbase.preflight;

import com.pulumi.exceptions.RunException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import starbase.config.InvalidConfig;
import starbase.machines.MachineConfig;
import starbase.net.DnsLabel;
import starbase.proxmox.ProxmoxConfig;

/** Looks whether the machines can be made without taking somebody else's. */
public final class Preflight {
  /**
   * What the token's user may do, on the path /. Held against what the virtual lab's token may do.
   */
  static final String PRIVILEGES =
      "Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit"
          + " Mapping.Use Pool.Allocate Pool.Audit SDN.Use Sys.Audit Sys.Modify"
          + " VM.Allocate VM.Audit VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit"
          + " VM.Config.Disk VM.Config.HWType VM.Config.Memory VM.Config.Network"
          + " VM.Config.Options VM.Migrate VM.PowerMgmt";

  private Preflight() {}

  /**
   * Asks Proxmox for the ids that the stack file gives its machines.
   *
   * @param preview whether nothing will be made: then Proxmox need not answer
   * @param warn takes the one warning that is left in that case
   * @throws RunException if an id is somebody else's, naming all of them; or if Proxmox does not
   *     say so and this is no preview
   */
  public static void check(
      ProxmoxConfig config,
      Map<DnsLabel, MachineConfig> machines,
      String stack,
      Optional<Token> token,
      boolean preview,
      Consumer<String> warn) {
    try {
      var api =
          new ProxmoxApi(
              config.endpoint(),
              config.insecure().orElse(false),
              token.orElseThrow(() -> new NoAnswer(missing(config))));
      var findings = Ownership.findings(api.guests(), machines, stack);
      if (!findings.isEmpty()) {
        throw new InvalidConfig(findings);
      }
    } catch (NoAnswer e) {
      var unknown =
          e.getMessage()
              + "\nUntil then nobody knows whether the ids of starbase:machines are free.";
      if (!preview) {
        throw new RunException(unknown);
      }
      warn.accept(unknown);
    }
  }

  private static String missing(ProxmoxConfig config) {
    return """
        there is no token for the API of Proxmox at %s. To make one, on a host:
          pveum role add Starbase --privs "%s"
          pveum user add starbase@pve
          pveum acl modify / --users starbase@pve --roles Starbase
          pveum user token add starbase@pve lab --privsep 0
        To hand it over, one of:
          export %s='starbase@pve!lab=UUID'
          pulumi config set --secret %s"""
        .formatted(config.endpoint(), PRIVILEGES, Token.VARIABLE, Token.KEY);
  }
}
