package starbase.rules;

import java.util.ArrayList;
import java.util.List;

/** The rules of one record: all that are broken are told at once. */
public final class Rules {
  private final List<Breach> broken = new ArrayList<>();

  /**
   * One rule.
   *
   * @param holds whether it is kept
   * @param field the field that it is about
   * @param wrong what is wrong if it is not
   * @param allowed what may stand there
   */
  public Rules require(boolean holds, String field, String wrong, String allowed) {
    if (!holds) {
      broken.add(new Breach(field, wrong, allowed));
    }
    return this;
  }

  /**
   * Ends the rules.
   *
   * @throws Refused with every rule that is broken
   */
  public void enforce() {
    if (!broken.isEmpty()) {
      throw new Refused(broken);
    }
  }
}
