package starbase.stack.binding;

/** How a single value is written in a stack file. */
enum ScalarKind {
  /** In quotes, where it could be taken for something else. */
  TEXT,
  /** As digits without quotes. */
  NUMBER,
  /** As true or false without quotes. */
  TRUTH
}
