package starbase.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The one lab that serves all IT classes: brought up by the first that asks for it, ended after the
 * last, also when tests fail. A class gets it as a constructor's or method's parameter and leaves
 * it as it was.
 */
final class VirtualLab implements ParameterResolver {

  /** The running lab: its project, and how its first {@code up} went. */
  record Running(Project project, Outcome firstUp)
      implements ExtensionContext.Store.CloseableResource {

    private static Running start() {
      var project = Project.fresh("one-lab");
      project.lab("down").succeeded(); // what a killed run left
      return new Running(project, project.lab("up"));
    }

    Outcome up() {
      return project.lab("up");
    }

    /** An object of the cluster, as {@code kubectl get -o json} has it. */
    JsonNode get(String... words) {
      return project.lab(words(List.of("kubectl", "get", "-o", "json"), words)).json();
    }

    Outcome exec(String... command) {
      return project.lab(words(List.of("exec", "--"), command));
    }

    private static String[] words(List<String> first, String... rest) {
      return Stream.concat(first.stream(), Arrays.stream(rest)).toArray(String[]::new);
    }

    @Override
    public void close() {
      project.lab("down").succeeded();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Running.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(VirtualLab.class))
        .getOrComputeIfAbsent(Running.class, type -> Running.start(), Running.class);
  }
}
