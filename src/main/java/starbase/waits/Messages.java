package starbase.waits;

import com.pulumi.resources.Resource;

/** What people read of waits while they last. */
public interface Messages {
  /**
   * A line that the next one takes the place of: on a terminal beside the resource, in a log one
   * after the other.
   */
  void passing(String line, Resource resource);

  /** A warning that stays. */
  void warning(String text, Resource resource);
}
