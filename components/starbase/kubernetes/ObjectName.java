package starbase.kubernetes;

/**
 * An object's kind, namespace and name, which identify it to people: {@code Service shop/front}.
 *
 * @param namespace empty for objects of the whole cluster
 */
public record ObjectName(String kind, String namespace, String name) {
  @Override
  public String toString() {
    return "%s %s%s".formatted(kind, namespace.isEmpty() ? "" : namespace + "/", name);
  }
}
