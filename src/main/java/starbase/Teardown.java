package starbase;

import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceTransformation;
import java.util.Map;
import java.util.Optional;
import starbase.stack.LabConfig;

/**
 * The end of a whole lab: {@code STARBASE_DESTROY=yes pulumi destroy --run-program}.
 *
 * <p>With {@code --run-program} the engine takes the options of each resource from the program and
 * its inputs from the state, without a call to its provider, and then deletes. So no resource is
 * protected, and what lives in the cluster is forgotten: it goes with the machines, also when the
 * cluster is dead already.
 */
final class Teardown implements ResourceTransformation {
  static final String VARIABLE = "STARBASE_DESTROY";
  static final String WARNING =
      VARIABLE
          + "=yes: nothing in this lab is protected, and what runs in its cluster is deleted with the"
          + " machines. Set it for one `pulumi destroy --run-program`, not for `up`.";

  private final boolean asked;
  private volatile boolean begun;

  /**
   * @param environment of this program
   */
  Teardown(Map<String, String> environment) {
    this.asked = "yes".equals(environment.get(VARIABLE));
  }

  /**
   * Begins, if it is asked for. On a cluster that the lab did not make it does not: there all
   * objects are deleted one by one, and the machines stay.
   *
   * @return whether all that is registered from now on goes
   */
  boolean begins(LabConfig lab) {
    begun = asked && lab.made().isPresent();
    return begun;
  }

  /** Components have nothing to delete or to protect, and stay as they are. */
  @Override
  public Optional<Result> apply(Args its) {
    if (!begun || !(its.options() instanceof CustomResourceOptions options)) {
      return Optional.empty();
    }
    var inCluster = its.resource().pulumiResourceType().startsWith("kubernetes:");
    return Optional.of(
        new Result(
            its.args(),
            CustomResourceOptions.merge(
                options,
                CustomResourceOptions.builder().protect(false).retainOnDelete(inCluster).build())));
  }
}
