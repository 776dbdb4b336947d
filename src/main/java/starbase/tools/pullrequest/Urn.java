package starbase.tools.pullrequest;

/**
 * The engine's name of a resource: {@code urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME}.
 *
 * @param types the types of all parents from the top, then the resource's own, with {@code $} in
 *     between
 * @param name the resource's name in the program
 */
record Urn(String types, String name) {
  private static final String COMPONENTS = "starbase:";

  static Urn parse(String urn) {
    // The name comes last and may hold anything, also two colons.
    var parts = urn.split("::", 4);
    if (parts.length != 4) {
      throw new IllegalArgumentException("no URN: " + urn);
    }
    return new Urn(parts[2], parts[3]);
  }

  /** The layer: of the top component; a resource without one is by itself. */
  String layer() {
    var top = types.split("\\$", 2)[0];
    return top.startsWith(COMPONENTS) ? top.split(":")[1] : name;
  }

  /** The resource's own type, as in {@code kubernetes:core/v1:Service}. */
  String type() {
    return types.substring(types.lastIndexOf('$') + 1);
  }

  /** The last word of the type, as in {@code Service}. */
  String kind() {
    return type().substring(type().lastIndexOf(':') + 1);
  }

  /** Whether it only holds others together: a layer, or the stack. */
  boolean group() {
    return type().startsWith(COMPONENTS) || type().equals("pulumi:pulumi:Stack");
  }
}
