package starbase.machines;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import starbase.rules.InvalidValueException;
import starbase.rules.TextPattern;

/** What a node does in its cluster. */
@TextPattern(value = "controlPlane|worker", example = "worker")
public enum Role {
  /** It runs etcd and the Kubernetes API. */
  CONTROL_PLANE("controlPlane"),
  /** It runs applications only. */
  WORKER("worker");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /**
   * The role of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  public static Role of(String name) {
    return Arrays.stream(values())
        .filter(role -> role.text.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new InvalidValueException("is not a node role", "controlPlane or worker"));
  }

  /** As the stack file has it. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }

  /** As Talos has it, for instance controlplane. */
  public String ofTalos() {
    return text.toLowerCase(Locale.ROOT);
  }
}
