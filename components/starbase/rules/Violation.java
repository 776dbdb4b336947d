package starbase.rules;

import java.util.Optional;

/**
 * One broken rule.
 *
 * @param field the record's field, with the way to what is wrong below it, as in {@code
 *     listeners[1].name}; empty for a value by itself
 * @param wrong what is wrong
 * @param allowed what may stand there
 * @param name what is wrong, if it is a name in the field and not the field's value: the key of a
 *     map
 */
public record Violation(String field, String wrong, String allowed, Optional<String> name) {
  @Override
  public String toString() {
    return (field.isEmpty() ? "" : field + " ") + wrong + "; allowed: " + allowed;
  }
}
