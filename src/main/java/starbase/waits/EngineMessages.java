package starbase.waits;

import com.pulumi.Log;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentInternal;
import com.pulumi.deployment.internal.Runner;
import com.pulumi.exceptions.RunException;
import com.pulumi.resources.Resource;
import java.util.concurrent.CompletableFuture;

/**
 * Messages through the engine.
 *
 * <p>By the SDK's {@link Log}, which knows of messages that belong to a resource and of those that
 * pass; {@code Context.log()} knows of neither and does not hand it out. And by its {@link Runner},
 * which ends the program with the first task that fails.
 */
public final class EngineMessages implements Messages {
  private final Log log;
  private final Runner runner;

  private EngineMessages(Log log, Runner runner) {
    this.log = log;
    this.runner = runner;
  }

  /** Those of the program that runs on this thread. */
  public static EngineMessages ofThisProgram() {
    var program = (DeploymentImpl) DeploymentInternal.getInstance();
    return new EngineMessages(program.getLog(), program.getRunner());
  }

  @Override
  public void passing(String line, Resource resource) {
    log.info(line, resource, 0, true);
  }

  @Override
  public void warning(String text, Resource resource) {
    log.warn(text, resource);
  }

  @Override
  public void end(RunException failure) {
    runner.registerTask("a wait that has failed", CompletableFuture.failedFuture(failure));
  }
}
