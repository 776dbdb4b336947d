package starbase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * A tool that no build runs: removes each edge of the order from the sources in turn, in {@link
 * Lab} and inside the layers, and reports which unit tests fail.
 *
 * <pre>mvn test -Dtest=EdgeMutations -Dstarbase.tests.seconds=3600</pre>
 */
class EdgeMutations {
  /** The tests that are about order. */
  private static final List<String> TESTS =
      List.of(
          "starbase.LabOrderTest",
          "starbase.LabPlanTest",
          "starbase.PoliciesTest",
          "starbase.talos.TalosOrderTest");

  /** The methods that put a resource after others, with the index of the first such argument. */
  private static final Map<String, Integer> EDGES =
      Map.of(
          "dependsOn", 0,
          "ready", 0,
          "after", 0,
          "options", 0,
          "both", 0,
          "formerly", 1,
          "aliased", 1,
          "createObject", 2);

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

  @TempDir private Path folder;

  /**
   * One edge in a source.
   *
   * @param begin where its argument begins in the source's text
   * @param end where its argument and the comma beside it end
   */
  private record Edge(Path file, long line, String call, int begin, int end, String substitute) {
    String without() throws IOException {
      var text = Files.readString(file);
      return text.substring(0, begin) + substitute + text.substring(end);
    }

    @Override
    public String toString() {
      return "%s:%d %s".formatted(file, line, call);
    }
  }

  @Test
  void removingAnEdgeFailsAUnitTest() throws IOException {
    assertThat(failures(List.of())).as("with all edges").isEmpty();
    var missed = new ArrayList<Edge>();
    var edges = edges();
    for (var edge : edges) {
      var failed = failures(List.of(compiled(edge)));
      System.out.printf("%-120s %s%n", edge, failed.isEmpty() ? "MISSED" : failed);
      if (failed.isEmpty()) {
        missed.add(edge);
      }
    }
    System.out.printf("%d of %d edges are caught%n", edges.size() - missed.size(), edges.size());
    assertThat(missed).isEmpty();
  }

  private List<Edge> edges() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.walk(Path.of("components/starbase"))) {
      sources =
          Stream.concat(Stream.of(Path.of("src/main/java/starbase/Lab.java")), files)
              .filter(file -> file.toString().endsWith(".java"))
              // It declares the methods in EDGES.
              .filter(file -> !file.endsWith("layer/Layer.java"))
              .sorted()
              .toList();
    }
    var edges = new ArrayList<Edge>();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      for (var source : sources) {
        var task =
            (JavacTask)
                compiler.getTask(
                    null, manager, null, null, null, manager.getJavaFileObjects(source));
        for (var unit : task.parse()) {
          unit.accept(new Finder(source, unit, Trees.instance(task), edges), null);
        }
      }
    }
    return edges;
  }

  private static final class Finder extends TreeScanner<Void, Void> {
    private final Path source;
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final List<Edge> edges;

    Finder(Path source, CompilationUnitTree unit, Trees trees, List<Edge> edges) {
      this.source = source;
      this.unit = unit;
      this.trees = trees;
      this.edges = edges;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
      var name = name(call.getMethodSelect());
      var arguments = call.getArguments();
      for (int i = EDGES.getOrDefault(name, arguments.size()); i < arguments.size(); i++) {
        // Of dependsOn(ready(a, b)) and dependsOn(both(a, b)), a and b are the edges.
        if (!(arguments.get(i) instanceof MethodInvocationTree inner
            && EDGES.containsKey(name(inner.getMethodSelect())))) {
          edges.add(edge(call, name, arguments, i));
        }
      }
      return super.visitMethodInvocation(call, nothing);
    }

    private Edge edge(
        MethodInvocationTree call, String name, List<? extends ExpressionTree> arguments, int i) {
      var begin = begin(arguments.get(i));
      var end = end(arguments.get(i));
      var what = "%s(…) without %s".formatted(name, arguments.get(i).toString().split("\n")[0]);
      var line = unit.getLineMap().getLineNumber(begin);
      if (name.equals("both")) {
        return new Edge(source, line, what, begin, end, "java.util.List.of()");
      }
      if (i > 0) {
        begin = end(arguments.get(i - 1));
      } else if (arguments.size() > 1) {
        end = begin(arguments.get(1));
      }
      return new Edge(source, line, what, begin, end, "");
    }

    private int begin(ExpressionTree tree) {
      return Math.toIntExact(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    private int end(ExpressionTree tree) {
      return Math.toIntExact(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    private static String name(ExpressionTree method) {
      if (method instanceof MemberSelectTree select) {
        return select.getIdentifier().toString();
      }
      return method instanceof IdentifierTree simple ? simple.getName().toString() : "";
    }
  }

  /** The classes of an edge's source without the edge. */
  private Path compiled(Edge edge) throws IOException {
    var source = Files.createTempDirectory(folder, "source").resolve(edge.file().getFileName());
    Files.writeString(source, edge.without());
    var classes = Files.createTempDirectory(folder, "classes");
    var code =
        compiler.run(
            null,
            null,
            System.err,
            "-proc:none",
            "-nowarn",
            "-d",
            classes.toString(),
            "-cp",
            String.join(File.pathSeparator, classPath()),
            source.toString());
    assertThat(code).as("%s compiles", edge).isZero();
    return classes;
  }

  /** The tests that fail when these folders come first on the class path. */
  private static List<String> failures(List<Path> first) throws IOException {
    var all = Stream.concat(first.stream().map(Path::toString), classPath().stream());
    try (var loader =
        new URLClassLoader(
            all.map(EdgeMutations::url).toArray(URL[]::new),
            ClassLoader.getPlatformClassLoader())) {
      var before = Thread.currentThread().getContextClassLoader();
      Thread.currentThread().setContextClassLoader(loader);
      try {
        var method = loader.loadClass(EdgeMutations.class.getName()).getDeclaredMethod("failed");
        method.setAccessible(true);
        return List.of((String[]) method.invoke(null));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      } finally {
        Thread.currentThread().setContextClassLoader(before);
      }
    }
  }

  /** Called in the class loader of a mutation. */
  private static String[] failed() {
    var summary = new SummaryGeneratingListener();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(TESTS.stream().map(test -> selectClass(test)).toList())
            .filters(excludeTags("parts"))
            .build();
    LauncherFactory.create().execute(request, summary);
    return summary.getSummary().getFailures().stream()
        .map(failure -> failure.getTestIdentifier().getLegacyReportingName())
        .distinct()
        .sorted()
        .toArray(String[]::new);
  }

  private static URL url(String file) {
    try {
      return Path.of(file).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The class path of the tests. Surefire starts a JVM with one jar, whose manifest names it. */
  private static List<String> classPath() {
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    return List.of(path.split(File.pathSeparator));
  }
}
