package starbase.testing;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import starbase.stack.LabConfig;
import starbase.stack.StackFile;

/** The lab of the tests' stack files, and the files of the pinned modules. */
public final class SampleLab {
  private static final YAMLMapper YAML = new YAMLMapper();

  private SampleLab() {}

  /** The lab of Pulumi.lab.yaml. */
  public static LabConfig config() {
    return config("lab");
  }

  /** The lab of a stack's file. */
  public static LabConfig config(String stack) {
    return StackFile.read(StackFiles.of(stack)).checked().lab();
  }

  /** The same lab on a cluster that is there already. */
  public static LabConfig onExistingCluster() {
    return StackFile.parse(StackYaml.existing().text()).checked().lab();
  }

  /**
   * A file or folder of the pinned modules.
   *
   * @throws AssertionError if it is not there: a test that can't read it has proven nothing
   */
  public static Path module(String path) {
    var folder = System.getProperty("starbase.modules", "");
    var file = Path.of(folder).resolve(path);
    if (folder.isEmpty() || folder.startsWith("$") || !Files.exists(file)) {
      throw new AssertionError(
          "no %s in \"%s\"; ./lab test sets STARBASE_MODULES to the folder of the pinned modules"
              .formatted(path, folder));
    }
    return file;
  }

  /** The documents of a YAML file. */
  public static List<Map<String, Object>> documents(Path file) {
    var documents = new ArrayList<Map<String, Object>>();
    try (var values =
        YAML.readerFor(new TypeReference<Map<String, Object>>() {})
            .<Map<String, Object>>readValues(file.toFile())) {
      values.forEachRemaining(documents::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }
}
