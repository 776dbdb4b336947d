package starbase.stack.binding;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields and the constructor of a record, asked for once a class: Java makes all of it anew
 * each time.
 *
 * @param names those of the fields
 * @param keys those that people write, those of parts among them
 * @param parts the fields that are records of their own, but whose keys stand beside the others
 *     (Jackson's JsonUnwrapped)
 */
record RecordDescriptor(
    List<String> names,
    List<Type> types,
    List<String> keys,
    Set<String> parts,
    Constructor<?> constructor) {
  private static final ClassValue<RecordDescriptor> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordDescriptor computeValue(Class<?> type) {
          return made(type);
        }
      };

  static RecordDescriptor of(Class<?> type) {
    return SHAPES.get(type);
  }

  /** Whether any of the values may be left out. */
  boolean isAllOptional() {
    return types.stream().allMatch(RecordDescriptor::isOptional);
  }

  static boolean isOptional(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
  }

  private static RecordDescriptor made(Class<?> type) {
    var components = Arrays.asList(type.getRecordComponents());
    var types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      var parts =
          Arrays.stream(type.getDeclaredFields())
              .filter(field -> field.isAnnotationPresent(JsonUnwrapped.class))
              .map(Field::getName)
              .collect(Collectors.toUnmodifiableSet());
      return new RecordDescriptor(
          components.stream().map(RecordComponent::getName).toList(),
          components.stream().map(RecordComponent::getGenericType).toList(),
          components.stream()
              .flatMap(
                  its ->
                      parts.contains(its.getName())
                          ? of(its.getType()).keys().stream()
                          : Stream.of(its.getName()))
              .toList(),
          parts,
          constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its constructor", e);
    }
  }
}
