package starbase.stack.definitions;

/**
 * What a schema refuses in a value.
 *
 * @param path where, as in {@code spec.rules[0].matches}; empty for the value as a whole
 * @param given what is there, if it is one text, number or truth value; else empty
 * @param wrong what is wrong, as in {@code has 17 entries}
 * @param allowed what may be there, as in {@code 16 at most}; empty if {@code wrong} says it
 */
public record Problem(String path, String given, String wrong, String allowed) {
  /** Said of a field that the schema does not name, where {@code allowed} lists those it does. */
  static final String UNKNOWN = "is not known";

  /** Whether the schema does not name the field. */
  public boolean isUnknownField() {
    return wrong.equals(UNKNOWN);
  }
}
