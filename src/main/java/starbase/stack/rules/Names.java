package starbase.stack.rules;

import java.util.Collection;
import java.util.List;

/** Names as messages list them. */
final class Names {
  private Names() {}

  static List<String> sorted(Collection<?> names) {
    return names.stream().map(Object::toString).sorted().toList();
  }
}
