package starbase.proxmox;

import java.util.List;

/**
 * What the hosts said before the first resource that changes what is planned.
 *
 * @param imagesAreShared whether the storage of the images is one and the same on all hosts
 * @param stranded machines that can't be deleted now
 */
public record HostReport(boolean imagesAreShared, List<StrandedMachine> stranded) {
  /** Of hosts that were not asked. */
  public static final HostReport NOTHING = new HostReport(false, List.of());
}
