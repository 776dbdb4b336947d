package starbase.testing;

import com.pulumi.Context;
import com.pulumi.resources.ResourceTransformation;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.WaitFor;
import starbase.kubernetes.Waits;

/**
 * A program that ran against a recording monitor instead of an engine.
 *
 * @param registered what it asked the engine to register, in that order
 * @param waits the objects that it waited for
 * @param result how it ended
 */
public record Recording(List<Registered> registered, List<ReadyAt> waits, TestResult result) {
  /**
   * An object that the program waited for.
   *
   * @param object the object
   * @param before how many resources were registered before the object was ready
   */
  public record ReadyAt(Awaited object, int before) {}

  /** Runs a program that waits for nothing; fails if the program does. */
  public static Recording of(Consumer<Context> program) {
    return of((context, waits) -> program.accept(context), List.of());
  }

  /**
   * Runs a program; fails if the program does.
   *
   * @param transformations change what it registers
   */
  public static Recording of(
      BiConsumer<Context, Waits> program, List<ResourceTransformation> transformations) {
    var monitor = new RecordingMonitor(new LiveCluster());
    var waits = new RecordingWaits(() -> monitor.requests().size());
    try {
      var result =
          PulumiTestInternal.builder()
              .options(
                  TestOptions.builder()
                      .projectName("starbase")
                      .stackName("test")
                      .resourceTransformations(transformations)
                      .build())
              .monitorDecorator(any -> monitor)
              .build()
              .runTest(context -> program.accept(context, waits))
              .throwOnError();
      return new Recording(
          monitor.requests().stream().map(Registered::new).toList(), waits.awaited(), result);
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

  /** What the program waited for of an object, as in {@code Gateway gateway/external}. */
  public List<WaitFor> waitedFor(String object) {
    return awaited(object).object().conditions();
  }

  /** The wait for an object, which must be the only one. */
  public ReadyAt awaited(String object) {
    var found = waits.stream().filter(any -> any.object().toString().equals(object)).toList();
    if (found.size() != 1) {
      throw new AssertionError("%d waits for %s; %s".formatted(found.size(), object, waits));
    }
    return found.get(0);
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
