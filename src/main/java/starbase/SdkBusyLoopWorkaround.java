package starbase;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Keeps the Pulumi SDK from using a whole core while the program waits.
 *
 * <p>SDK 1.36.1 looks for finished tasks in a loop without a pause, and logs a line on each turn. A
 * filter on that logger is called once a turn and can make it pause: 116 % of a core become 6 %.
 * Fixed upstream after 1.37.0 (pulumi-java#2314); then this class goes.
 */
final class SdkBusyLoopWorkaround implements Filter {
  /** With many resources in flight a turn is work too; at this pace it does not count. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  /** Held, because loggers that nobody holds are collected with their filters. */
  private static final Logger RUNNER =
      Logger.getLogger("com.pulumi.deployment.internal.DeploymentImpl");

  private SdkBusyLoopWorkaround() {}

  /** To be called in the stack's callback: making the deployment sets the logger's level anew. */
  static void install() {
    RUNNER.setUseParentHandlers(false);
    RUNNER.setFilter(new SdkBusyLoopWorkaround());
    RUNNER.setLevel(Level.FINEST);
  }

  @Override
  public boolean isLoggable(LogRecord line) {
    if (String.valueOf(line.getMessage()).startsWith("Remaining tasks")) {
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return false;
  }
}
