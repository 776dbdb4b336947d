package starbase.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of one record: all that are broken are told at once. */
public final class Rules {
  private final List<Violation> broken = new ArrayList<>();

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
      broken.add(new Violation(field, wrong, allowed, Optional.empty()));
    }
    return this;
  }

  /**
   * One rule for the key of a map.
   *
   * @param holds whether it is kept
   * @param map the field that holds the map
   * @param name the key that it is about
   * @param wrong what is wrong with the key if it is not
   * @param allowed what may stand there
   */
  public Rules requireKey(boolean holds, String map, String name, String wrong, String allowed) {
    if (!holds) {
      broken.add(new Violation(map + "." + name, wrong, allowed, Optional.of(name)));
    }
    return this;
  }

  /**
   * Ends the rules.
   *
   * @throws InvalidValueException with every rule that is broken
   */
  public void enforce() {
    if (!broken.isEmpty()) {
      throw new InvalidValueException(broken);
    }
  }
}
