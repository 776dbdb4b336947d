package starbase.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Values for charts, in files that lie beside a layer's class. */
public final class ChartValues {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ChartValues() {}

  /**
   * The file values.yaml beside the layer, from the class path.
   *
   * @throws IllegalStateException if there are none: the program was not built as it should
   */
  public static Map<String, Object> beside(Class<?> layer) {
    return beside(layer, "values.yaml");
  }

  /**
   * Another file beside the layer, from the class path.
   *
   * @throws IllegalStateException if there is none: the program was not built as it should
   */
  public static Map<String, Object> beside(Class<?> layer, String name) {
    try (var file = layer.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("no %s beside %s".formatted(name, layer.getName()));
      }
      return YAML.readValue(file, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
