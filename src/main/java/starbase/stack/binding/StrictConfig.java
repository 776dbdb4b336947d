package starbase.stack.binding;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import starbase.findings.Finding;

/** Configuration as a record, or all that is wrong with it. */
public final class StrictConfig {
  private StrictConfig() {}

  /**
   * What came of reading.
   *
   * @param value the record, if there is no finding
   * @param findings unknown and missing keys, missing values, values of the wrong kind, and values
   *     that break a rule of their record; all are errors
   */
  public record Reading<T>(Optional<T> value, List<Finding> findings) {}

  /**
   * The record that the tree describes.
   *
   * @param prefix what stands before every key in messages, as in {@code starbase:}
   */
  public static <T> Reading<T> read(ObjectNode tree, Class<T> type, String prefix) {
    return read(tree, type, prefix, List.of());
  }

  /**
   * The record that the tree describes.
   *
   * @param prefix what stands before every key in messages, as in {@code starbase:}
   * @param ambiguities what {@link YamlTree#ambiguities} says of the tree's file; they are among
   *     the findings, each value with one
   */
  public static <T> Reading<T> read(
      ObjectNode tree, Class<T> type, String prefix, List<Finding> ambiguities) {
    var binder = new Binder();
    var value = binder.bind(tree, type, prefix);
    return new Reading<>(
        Optional.ofNullable(value).map(type::cast),
        Ambiguities.settled(ambiguities, binder.findings(), binder.kinds()));
  }

  /**
   * What of the record can be had from a tree that has problems: entries, elements and optional
   * parts that are wrong are left out.
   *
   * @param ambiguities the values that are left out because their file's readers do not agree on
   *     them
   */
  public static <T> Optional<T> salvage(
      ObjectNode tree, Class<T> type, String prefix, List<Finding> ambiguities) {
    var doubtful = ambiguities.stream().map(Finding::key).collect(Collectors.toUnmodifiableSet());
    return Optional.ofNullable(new Binder(doubtful).bind(tree, type, prefix)).map(type::cast);
  }
}
