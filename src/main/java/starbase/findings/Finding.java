package starbase.findings;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One thing that is wrong with the configuration, or may be.
 *
 * @param severity whether it stops the lab
 * @param key the full path of the key, as in {@code starbase:gateways.gateway-internal.address}
 * @param given the value that stands there, as JSON; empty if what is wrong is not one value
 * @param wrong what is wrong
 * @param remedy what is allowed, or the nearest that would do; empty if that goes without saying
 */
public record Finding(
    Severity severity, String key, Optional<String> given, String wrong, String remedy) {
  private static final int LONGEST = 80;

  /** How many of the other keys a finding names that stands for many. */
  private static final int MOST_OTHERS = 3;

  /** More names than these do not help to choose one. */
  private static final int MOST_NAMES = 40;

  /** Something that stops the lab. */
  public static Finding error(String key, String wrong) {
    return new Finding(Severity.ERROR, key, Optional.empty(), wrong, "");
  }

  /** Something that may be meant. */
  public static Finding warning(String key, String wrong) {
    return new Finding(Severity.WARNING, key, Optional.empty(), wrong, "");
  }

  /** The same, with the text or number that was given. */
  public Finding given(Object value) {
    var json =
        value instanceof Number || value instanceof Boolean
            ? value.toString()
            : "\"" + value + "\"";
    return new Finding(severity, key, Optional.of(json), wrong, remedy);
  }

  /** The same, with the value that was given, as JSON. */
  public Finding givenJson(Optional<String> json) {
    return new Finding(severity, key, json, wrong, remedy);
  }

  /** The same, with what to do about it: a command where there is one. */
  public Finding remedy(String action) {
    return new Finding(severity, key, given, wrong, action);
  }

  /** The same as a warning, for input that may be intended. */
  public Finding asWarning() {
    return new Finding(Severity.WARNING, key, given, wrong, remedy);
  }

  /** The same, with what may stand there. */
  public Finding allowed(String allowed) {
    return new Finding(severity, key, given, wrong, "allowed: " + allowed);
  }

  /** Of known names, the one that was meant; empty if none is near. */
  public static Optional<String> meant(String name, Collection<String> known) {
    return Nearest.of(name, known);
  }

  /** The same for a name that is not known, with the names that are and the one that was meant. */
  public Finding allowed(String name, Collection<String> known) {
    return allowed(known, Nearest.of(name, known));
  }

  /** The same, with the names that are known and the one that was meant. */
  public Finding allowed(Collection<String> known, Optional<String> meant) {
    var question = meant.map("did you mean \"%s\"? "::formatted).orElse("");
    var all = known.isEmpty() ? "none yet" : listed(known);
    return new Finding(severity, key, given, wrong, question + "allowed: " + all);
  }

  /** The same, standing for findings at other keys too: with their number, and some of them. */
  Finding and(List<String> others) {
    var some = others.stream().limit(MOST_OTHERS).collect(Collectors.joining(", "));
    var rest = others.size() > MOST_OTHERS ? ", …" : "";
    var more = "the same at %d more: %s%s".formatted(others.size(), some, rest);
    return new Finding(severity, key, given, wrong, remedy.isEmpty() ? more : remedy + "; " + more);
  }

  private static String listed(Collection<String> known) {
    return known.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
        + (known.size() > MOST_NAMES ? " and %d more".formatted(known.size() - MOST_NAMES) : "");
  }

  @Override
  public String toString() {
    return (severity == Severity.WARNING ? "warning: " : "") + text();
  }

  /** The finding without its severity. */
  public String text() {
    return key
        + ": "
        + given.map(Finding::shortened).map(text -> text + " ").orElse("")
        + wrong
        + (remedy.isEmpty() ? "" : "; " + remedy);
  }

  private static String shortened(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    return text.substring(0, LONGEST) + (text.startsWith("\"") ? "…\"" : "…");
  }
}
