package starbase.tools.pullrequest;

import java.util.Locale;
import java.util.Optional;

/** What happens to a resource. */
enum Kind {
  CREATE,
  UPDATE,
  REPLACE,
  DELETE;

  /** By the engine's word for a step; empty if the step changes nothing that people see. */
  static Optional<Kind> of(String step) {
    return switch (step) {
      case "create", "import" -> Optional.of(CREATE);
      case "update" -> Optional.of(UPDATE);
      case "replace", "create-replacement", "delete-replaced" -> Optional.of(REPLACE);
      case "delete" -> Optional.of(DELETE);
      default -> Optional.empty();
    };
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
