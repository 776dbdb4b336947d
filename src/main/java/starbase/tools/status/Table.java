package starbase.tools.status;

import java.util.List;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as their widest cell. */
public final class Table {
  private static final String GAP = "  ";

  private Table() {}

  /** The rows with aligned columns, a line each, no spaces at line ends. All have as many cells. */
  public static String of(List<List<String>> rows) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    var widths =
        IntStream.range(0, columns)
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append(row.get(column))
            .append(" ".repeat(widths[column] - row.get(column).length()))
            .append(GAP);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
