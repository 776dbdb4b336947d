package starbase.schema;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/** The comments of records and their components, from the sources: class files have none. */
final class Javadoc {
  private final Map<String, String> texts = new HashMap<>();

  /** Reads every class below the folders. */
  static Javadoc of(Path... folders) throws IOException {
    var read = new Javadoc();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      for (var folder : folders) {
        try (var paths = Files.walk(folder)) {
          var sources = paths.filter(path -> path.toString().endsWith(".java")).toList();
          var task =
              (JavacTask)
                  compiler.getTask(
                      null,
                      files,
                      null,
                      List.of(),
                      null,
                      files.getJavaFileObjectsFromPaths(sources));
          var trees = DocTrees.instance(task);
          task.parse().forEach(unit -> read.new Scanner(trees).scan(unit, null));
        }
      }
    }
    return read;
  }

  /** What a class is for, in a sentence; empty without a comment. */
  String of(Class<?> type) {
    return texts.getOrDefault(type.getCanonicalName(), "");
  }

  /** What a record's component is; empty without a comment. */
  String of(Class<?> type, String component) {
    return texts.getOrDefault(type.getCanonicalName() + "#" + component, "");
  }

  private final class Scanner extends TreePathScanner<Void, Void> {
    private final DocTrees trees;

    Scanner(DocTrees trees) {
      this.trees = trees;
    }

    @Override
    public Void visitClass(ClassTree node, Void nothing) {
      var comment = trees.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        var name = canonicalName();
        texts.put(name, text(comment.getFirstSentence()));
        for (var tag : comment.getBlockTags()) {
          if (tag instanceof ParamTree param) {
            texts.put(name + "#" + param.getName(), text(param.getDescription()));
          }
        }
      }
      return super.visitClass(node, nothing);
    }

    /** The package's name and those of all classes around. */
    private String canonicalName() {
      var names = new ArrayDeque<String>();
      for (var tree : getCurrentPath()) {
        if (tree instanceof ClassTree type) {
          names.addFirst(type.getSimpleName().toString());
        }
        if (tree instanceof CompilationUnitTree file) {
          names.addFirst(file.getPackageName().toString());
        }
      }
      return String.join(".", names);
    }

    private String text(List<? extends DocTree> trees) {
      return trees.stream()
          .map(DocTree::toString)
          .collect(Collectors.joining())
          .replaceAll("\\s+", " ")
          .replaceAll("\\{@\\w+ ([^}]*)}", "$1")
          .replaceAll("<[^>]+>", "")
          .replace("&lt;", "<")
          .replace("&gt;", ">");
    }
  }
}
