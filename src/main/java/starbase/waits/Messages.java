package starbase.waits;

import com.pulumi.exceptions.RunException;
import com.pulumi.resources.Resource;

/** What people read of waits, and how one that fails ends the program. */
public interface Messages {
  /**
   * A line that the next one takes the place of: on a terminal beside the resource, in a log one
   * after the other.
   */
  void passing(String line, Resource resource);

  /** A warning that stays. */
  void warning(String text, Resource resource);

  /**
   * Ends the program with that message alone. The output of a failed wait must not do it: what it
   * is serialized in wraps its exception, and the SDK then prints a stack trace.
   */
  void end(RunException failure);
}
