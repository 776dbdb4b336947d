package starbase.it;

import java.time.Instant;

/**
 * Somebody on the LAN who looks at a page again and again, in one process, and notes when he sees a
 * change for the first time.
 *
 * @param looking a loop that prints that time
 */
record Watcher(Command looking) {

  /** Every 100 ms, for some minutes at most. */
  private static final String LOOP =
      """
      for look in $(seq 3000); do
        if %s; then date +%%s%%3N; exit 0; fi
        sleep 0.1
      done
      exit 1
      """;

  /** Begins to look; the condition is a shell command that succeeds when the change is seen. */
  static Watcher watch(VirtualLab.Running lab, String condition) {
    return new Watcher(lab.project().startLab("exec", "--", "sh", "-c", LOOP.formatted(condition)));
  }

  /** When the change was seen; waits for it. */
  Instant seen() {
    return Instant.ofEpochMilli(Long.parseLong(looking.await().succeeded().out().strip()));
  }
}
