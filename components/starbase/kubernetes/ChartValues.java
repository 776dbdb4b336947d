package starbase.kubernetes;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The values.yaml that lies beside a layer's class. */
public final class ChartValues {
  private static final YAMLMapper YAML = new YAMLMapper();

  private ChartValues() {}

  /**
   * The values beside the layer, from the class path.
   *
   * @throws IllegalStateException if there are none: the program was not built as it should
   */
  public static Map<String, Object> beside(Class<?> layer) {
    try (var file = layer.getResourceAsStream("values.yaml")) {
      if (file == null) {
        throw new IllegalStateException("no values.yaml beside " + layer.getName());
      }
      return YAML.readValue(file, new TypeReference<>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
