package starbase.waits;

import com.pulumi.Log;
import com.pulumi.deployment.internal.DeploymentImpl;
import com.pulumi.deployment.internal.DeploymentInternal;
import com.pulumi.resources.Resource;

/**
 * Messages through the engine.
 *
 * <p>By the SDK's {@link Log}, which knows of messages that belong to a resource and of those that
 * pass; {@code Context.log()} knows of neither and does not hand it out.
 */
public final class EngineMessages implements Messages {
  private final Log log;

  private EngineMessages(Log log) {
    this.log = log;
  }

  /** Those of the program that runs on this thread. */
  public static EngineMessages ofThisProgram() {
    return new EngineMessages(((DeploymentImpl) DeploymentInternal.getInstance()).getLog());
  }

  @Override
  public void passing(String line, Resource resource) {
    log.info(line, resource, 0, true);
  }

  @Override
  public void warning(String text, Resource resource) {
    log.warn(text, resource);
  }
}
