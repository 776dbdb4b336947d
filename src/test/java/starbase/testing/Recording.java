package starbase.testing;

import com.pulumi.Context;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A program that ran against a recording monitor instead of an engine.
 *
 * @param registered what it asked the engine to register, in that order
 * @param result how it ended
 */
public record Recording(List<Registered> registered, TestResult result) {
  /** Runs a program; fails if the program does. */
  public static Recording of(Consumer<Context> program) {
    var monitor = new RecordingMonitor(new LiveCluster());
    try {
      var result =
          PulumiTestInternal.builder()
              .options(TestOptions.builder().projectName("starbase").stackName("test").build())
              .monitorDecorator(any -> monitor)
              .build()
              .runTest(program)
              .throwOnError();
      return new Recording(monitor.requests().stream().map(Registered::new).toList(), result);
    } finally {
      PulumiTest.cleanup();
    }
  }

  /** The resource of that name, which must be the only one. */
  public Registered only(String name) {
    return the(name, registered.stream().filter(any -> any.name().equals(name)).toList());
  }

  /** The resource of that type and name. */
  public Registered only(String type, String name) {
    return the(
        type + " " + name,
        registered.stream()
            .filter(any -> any.type().equals(type) && any.name().equals(name))
            .toList());
  }

  /** The resource of that kind and name, as in {@code Gateway gateways/gateway/external}. */
  public Registered onlyOfKind(String typeAndName) {
    return the(
        typeAndName,
        registered.stream().filter(any -> any.typeAndName().equals(typeAndName)).toList());
  }

  /** The names of all resources below that component. */
  public Set<String> childrenOf(String component) {
    return registered.stream()
        .filter(any -> any.parent().equals(component))
        .map(Registered::typeAndName)
        .collect(Collectors.toSet());
  }

  /** How many resources had been registered before that one. */
  public int position(Registered resource) {
    return registered.indexOf(resource);
  }

  private static Registered the(String wanted, List<Registered> found) {
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " resources are " + wanted);
    }
    return found.get(0);
  }
}
