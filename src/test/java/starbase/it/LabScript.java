package starbase.it;

import java.util.Arrays;
import java.util.stream.Stream;

/** The script {@code ./lab} of some clone. */
interface LabScript {

  /** Runs it with these words and waits for its end. */
  Outcome lab(String... words);

  /** Runs a command in the lab. */
  default Outcome exec(String... command) {
    return lab(
        Stream.concat(Stream.of("exec", "--"), Arrays.stream(command)).toArray(String[]::new));
  }
}
