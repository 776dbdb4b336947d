package starbase.tools.pullrequest;

import static java.util.stream.Collectors.joining;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * GitHub's Markdown, safe for any text: names and values come from whoever opened the pull request.
 */
final class CommentMarkdown {
  private static final Pattern TICKS = Pattern.compile("`+");

  private CommentMarkdown() {}

  /** Text as it is, in a line or in a table's cell; nothing for no text. */
  static String code(String text) {
    if (text.isEmpty()) {
      return "";
    }
    var line = text.replaceAll("\\R", "↵").replace("|", "\\|");
    var fence = "`".repeat(longest(line) + 1);
    var space = fence.length() > 1 ? " " : "";
    return fence + space + line + space + fence;
  }

  /** Lines as they are; the language is what they are drawn as, if anything. */
  static String block(String language, String text) {
    var fence = "`".repeat(Math.max(3, longest(text) + 1));
    return fence + language + "\n" + text.stripTrailing() + "\n" + fence + "\n";
  }

  /** A row of a table. */
  static String row(String... cells) {
    return Stream.of(cells).collect(joining(" | ", "| ", " |\n"));
  }

  private static int longest(String text) {
    return TICKS
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .mapToInt(String::length)
        .max()
        .orElse(0);
  }
}
