package starbase.machines;

import starbase.rules.Rules;

/**
 * An additional, empty disk of a machine.
 *
 * @param size the size in GiB
 * @param datastore the storage of the disk
 */
public record DiskConfig(int size, String datastore) {
  /**
   * @throws IllegalArgumentException if it has no size, or the datastore is no name of one
   */
  public DiskConfig {
    var rules = new Rules().require(size > 0, "size", "is not a size", "1 or more, in GiB");
    Datastore.require(rules, "datastore", datastore);
    rules.enforce();
  }
}
