package starbase.tools.doctor;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** An object's namespace and name. */
record Name(String namespace, String name) {
  static Name of(HasMetadata object) {
    return new Name(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
