package starbase.rules;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A value or a record breaks its rules. Thrown by constructors; what reads the configuration adds
 * the key and the value that was given.
 */
public final class Refused extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<Breach> breaches;

  /**
   * A value that is wrong by itself.
   *
   * @param wrong what is wrong, as in {@code is not a port}
   * @param allowed what may stand there, as in {@code 1 to 65535}
   */
  public Refused(String wrong, String allowed) {
    this(List.of(new Breach("", wrong, allowed, Optional.empty())));
  }

  Refused(List<Breach> breaches) {
    super(breaches.stream().map(Breach::toString).collect(Collectors.joining("\n")));
    this.breaches = List.copyOf(breaches);
  }

  /** Every broken rule, in the order of the fields. */
  public List<Breach> breaches() {
    return breaches;
  }
}
