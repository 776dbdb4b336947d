package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The one lab that serves all IT classes: brought up by the first that asks for it, ended after the
 * last, also when tests fail. A class gets it as a constructor's or method's parameter and leaves
 * it as it was.
 */
final class VirtualLab extends Shared<VirtualLab.Running> {

  VirtualLab() {
    super(Running.class, Running::start);
  }

  /**
   * The running lab.
   *
   * @param firstUp how its first {@code up} went
   * @param seen what its processes were seen to do meanwhile
   */
  record Running(Project project, Outcome firstUp, Processes.Seen seen) implements AutoCloseable {

    private static Running start() {
      return start(Project.fresh("one-lab"));
    }

    /** A lab of a test's own, which the test has to end. */
    static Running start(Project project) {
      project.lab("down").succeeded(); // what a killed run left
      var up = project.startLab("up");
      try (var processes = Processes.watch(project, up)) {
        var firstUp = up.await();
        return new Running(project, firstUp, processes.seen());
      }
    }

    Outcome up() {
      return project.lab("up");
    }

    /** An object of the cluster, as {@code kubectl get -o json} has it. */
    JsonNode get(String... words) {
      return project.lab(words(List.of("kubectl", "get", "-o", "json"), words)).json();
    }

    /** The names of such objects. */
    Set<String> names(String... words) {
      var names = new TreeSet<String>();
      get(words).at("/items").forEach(object -> names.add(object.at("/metadata/name").asText()));
      return names;
    }

    Outcome exec(String... command) {
      return project.exec(command);
    }

    private static String[] words(List<String> first, String... rest) {
      return Stream.concat(first.stream(), Arrays.stream(rest)).toArray(String[]::new);
    }

    @Override
    public void close() {
      project.lab("down").succeeded();
    }
  }
}
