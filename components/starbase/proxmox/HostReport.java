package starbase.proxmox;

import java.util.List;
import java.util.Set;
import starbase.net.DnsLabel;

/**
 * What the hosts said before the first resource that changes what is planned.
 *
 * @param imagesAreShared whether the storage of the images is one and the same on all hosts
 * @param stranded machines that can't be deleted now
 * @param absent machines of the plan whose hosts do not answer
 */
public record HostReport(
    boolean imagesAreShared, List<StrandedMachine> stranded, Set<DnsLabel> absent) {
  /** Of hosts that were not asked. */
  public static final HostReport NOTHING = new HostReport(false, List.of(), Set.of());
}
