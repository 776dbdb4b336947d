package starbase.stack.binding;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import starbase.findings.Finding;

/**
 * Why a text is not YAML, in terms of what people write. The parser names the tokens that it
 * expected, which says little about the slip of the hand.
 *
 * @param line where the slip is, from 1
 * @param given the value that it is about, if it is about one
 * @param wrong what is wrong
 * @param remedy what to do; empty if the parser's own words are all there is
 */
record YamlProblem(int line, Optional<String> given, String wrong, String remedy) {
  /** A value without quotes, up to where one ends inside brackets. */
  private static final Pattern VALUE = Pattern.compile("[^\\s,\\]}]+");

  /**
   * A slip.
   *
   * @param said what the parser says of it: its context and its problem
   * @param atContext whether it is where the context begins, and not where the parser noticed it
   */
  private record Slip(Pattern said, boolean atContext, String wrong, String remedy) {
    static Slip of(String said, boolean atContext, String wrong, String remedy) {
      return new Slip(Pattern.compile(said), atContext, wrong, remedy);
    }
  }

  /** The first that fits counts. Source: snakeyaml-engine 2, ScannerImpl, ParserImpl, Composer. */
  private static final List<Slip> SLIPS =
      List.of(
          Slip.of(
              "\\(TAB\\)",
              false,
              "is not valid: a tab stands where only spaces may",
              "indent with spaces"),
          Slip.of(
              "another document",
              false,
              "is not valid: a second document begins here",
              "keep one document in a file: no --- below the first key"),
          Slip.of(
              "quoted scalar.*unexpected (end|document)",
              true,
              "is not valid: the quote that opens here is not closed",
              "close it on the same line"),
          Slip.of(
              "double-quoted scalar.*escape|escape sequence",
              false,
              "is not valid: a backslash in double quotes starts an escape sequence",
              "write two backslashes, or use single quotes"),
          Slip.of(
              "flow (sequence|mapping)",
              true,
              "is not valid: the bracket that opens here is not closed, or a comma is missing in it",
              "write lists as [a, b] and maps as {a: 1, b: 2}"),
          Slip.of(
              "mapping values are not allowed",
              false,
              "is not valid: a colon stands where no key can",
              "start each key on its own line, indented like the keys beside it; put a value that"
                  + " contains a colon and a space in quotes"),
          Slip.of(
              "simple key",
              true,
              "is not valid: this line is no key with a colon",
              "write key: value, with a space after the colon"),
          Slip.of(
              "found '?<scalar>",
              false,
              "is not valid: text follows the end of a value",
              "put all of a value in quotes, or none of it"),
          Slip.of(
              "expected <block end>|block mapping|block collection|block sequence|"
                  + "entries are not allowed|<document start>",
              false,
              "is not valid: the indentation changes here",
              "indent this line like the keys or list entries beside it, with spaces"));

  private static final Pattern NEEDS_QUOTES =
      Pattern.compile("an alias|an anchor|undefined alias|cannot start any token|a directive");

  static YamlProblem of(MarkedYamlEngineException e, String yaml) {
    var problem = Objects.toString(e.getProblem(), "");
    var said = Objects.toString(e.getContext(), "") + ": " + problem;
    var noticed = e.getProblemMark().or(e::getContextMark);
    var began = e.getContextMark().or(e::getProblemMark);
    for (var slip : SLIPS) {
      if (slip.said().matcher(said).find()) {
        return new YamlProblem(
            line(slip.atContext() ? began : noticed),
            Optional.empty(),
            slip.wrong(),
            slip.remedy());
      }
    }
    var value = began.flatMap(mark -> value(mark, yaml));
    if (value.isPresent() && NEEDS_QUOTES.matcher(said).find()) {
      return new YamlProblem(
          line(began),
          value,
          "is not valid: a value that begins with %s needs quotes".formatted(value.get().charAt(0)),
          "write \"%s\"".formatted(value.get()));
    }
    return new YamlProblem(line(noticed), Optional.empty(), "is not valid: " + problem, "");
  }

  Finding finding(String key) {
    return Finding.error(key, wrong).givenJson(given).remedy(remedy);
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(0) + 1;
  }

  private static Optional<String> value(Mark mark, String yaml) {
    return yaml.lines()
        .skip(mark.getLine())
        .findFirst()
        .filter(line -> mark.getColumn() < line.length())
        .map(line -> VALUE.matcher(line.substring(mark.getColumn())))
        .filter(Matcher::lookingAt)
        .map(Matcher::group);
  }
}
