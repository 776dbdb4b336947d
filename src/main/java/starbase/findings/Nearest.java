package starbase.findings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses which name was meant by one that is not known. */
public final class Nearest {
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  /** Among more names, a guess costs more time than it saves. */
  private static final int MOST = 1000;

  private Nearest() {}

  /**
   * The known name that a slip of the hand is away: up to a third of the letters differ, as
   * compilers have it, or the name was cut short.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    if (known.size() > MOST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(
            name -> distance(given, name) <= Math.max(1, given.length() / 3) || isCut(given, name))
        .min(Comparator.comparingInt(name -> distance(given, name)));
  }

  private static boolean isCut(String given, String name) {
    return given.length() >= 4 && name.startsWith(given);
  }

  /** How many letters differ; case does not count. */
  public static int distance(String one, String other) {
    return DISTANCE.apply(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
  }
}
