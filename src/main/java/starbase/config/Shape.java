package starbase.config;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The fields and the constructor of a record, asked for once a class: Java makes all of it anew
 * each time.
 *
 * @param names those of the fields
 * @param parts the fields that are records of their own, but whose keys stand beside the others
 *     (Jackson's JsonUnwrapped)
 */
record Shape(List<String> names, List<Type> types, Set<String> parts, Constructor<?> constructor) {
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return made(type);
        }
      };

  static Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** The keys that people write, those of parts among them. */
  List<String> keys() {
    return IntStream.range(0, names.size())
        .boxed()
        .flatMap(
            i ->
                parts.contains(names.get(i))
                    ? of((Class<?>) types.get(i)).keys().stream()
                    : Stream.of(names.get(i)))
        .toList();
  }

  private static Shape made(Class<?> type) {
    var components = Arrays.asList(type.getRecordComponents());
    var types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new Shape(
          components.stream().map(RecordComponent::getName).toList(),
          components.stream().map(RecordComponent::getGenericType).toList(),
          Arrays.stream(type.getDeclaredFields())
              .filter(field -> field.isAnnotationPresent(JsonUnwrapped.class))
              .map(Field::getName)
              .collect(Collectors.toUnmodifiableSet()),
          constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its constructor", e);
    }
  }
}
