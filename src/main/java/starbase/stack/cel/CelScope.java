package starbase.stack.cel;

import org.jspecify.annotations.Nullable;

/** A variable and those around it. */
record CelScope(String name, @Nullable Object value, @Nullable CelScope outer) {
  @Nullable Object lookUp(String wanted) {
    for (var scope = this; scope != null; scope = scope.outer) {
      if (scope.name.equals(wanted)) {
        return scope.value;
      }
    }
    throw new CelException("no variable " + wanted);
  }
}
