package starbase.tools.topology;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import starbase.topology.Column;
import starbase.topology.Node;

/**
 * How much room text takes, in pixels. Estimated from above for common fonts, as the fonts of those
 * who will look at the picture are not known.
 */
final class TextMetrics {
  static final double TITLE_LINE = 18;
  static final double DETAIL_LINE = 15;

  /** Left and right of the text in a node. */
  static final double INSET = 10;

  private static final double PADDING = 8;
  private static final double TITLE_CHARACTER = 8.8;
  private static final double DETAIL_CHARACTER = 6.7;
  private static final double HEADING_CHARACTER = 6.2;

  private TextMetrics() {}

  static double height(Node node) {
    return 2 * PADDING + TITLE_LINE + node.details().size() * DETAIL_LINE;
  }

  static double width(Node node) {
    return 2 * INSET
        + Stream.concat(
                Stream.of(node.title().length() * TITLE_CHARACTER),
                node.details().stream().map(detail -> detail.length() * DETAIL_CHARACTER))
            .mapToDouble(its -> its)
            .max()
            .orElse(0);
  }

  /** At least as wide as its headings; those of a layer may spread over its columns. */
  static double width(Column column) {
    boolean alone =
        Stream.of(Column.values()).filter(any -> any.lane() == column.lane()).count() == 1;
    return IntStream.of(column.title().length(), alone ? column.lane().question().length() : 0)
            .max()
            .orElse(0)
        * HEADING_CHARACTER;
  }

  /** The y of a line's base, below a node's upper side; line 0 is the title. */
  static double base(int line) {
    return PADDING + TITLE_LINE - 5 + line * DETAIL_LINE;
  }
}
