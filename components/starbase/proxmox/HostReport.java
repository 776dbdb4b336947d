package starbase.proxmox;

import java.util.List;
import java.util.Set;
import starbase.net.DnsLabel;

/**
 * The findings about the hosts that change what is created or deleted.
 *
 * @param imagesAreShared whether the storage of the images is one and the same on all hosts
 * @param stranded machines that can't be deleted now
 * @param absent machines of the plan whose hosts do not answer
 */
public record HostReport(
    boolean imagesAreShared, List<StrandedMachine> stranded, Set<DnsLabel> absent) {
  /** An empty report, used when the hosts were not asked. */
  public static final HostReport NOTHING = new HostReport(false, List.of(), Set.of());
}
