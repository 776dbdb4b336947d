package starbase.rules;

/**
 * One broken rule.
 *
 * @param field the record's field, with the way to what is wrong below it, as in {@code
 *     listeners[1].name}; empty for a value by itself
 * @param wrong what is wrong
 * @param allowed what may stand there
 */
public record Breach(String field, String wrong, String allowed) {
  @Override
  public String toString() {
    return (field.isEmpty() ? "" : field + " ") + wrong + "; allowed: " + allowed;
  }
}
