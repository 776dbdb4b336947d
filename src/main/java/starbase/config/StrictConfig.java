package starbase.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Configuration as a record, or all that is wrong with it. */
public final class StrictConfig {
  private StrictConfig() {}

  /**
   * The record that the tree describes.
   *
   * @param prefix what stands before every key in messages, as in {@code starbase:}
   * @throws InvalidConfig with every problem: unknown and missing keys, missing values, values of
   *     the wrong kind, and values that break a rule of their record
   */
  public static <T> T read(ObjectNode tree, Class<T> type, String prefix) {
    var binder = new Binder();
    var value = binder.bind(tree, type, prefix);
    if (value == null) {
      throw new InvalidConfig(binder.problems());
    }
    return type.cast(value);
  }
}
