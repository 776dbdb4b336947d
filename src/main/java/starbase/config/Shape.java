package starbase.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;

/**
 * The fields and the constructor of a record, asked for once a class: Java makes all of it anew
 * each time.
 */
record Shape(List<String> names, List<Type> types, Constructor<?> constructor) {
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

  private static Shape made(Class<?> type) {
    var components = Arrays.asList(type.getRecordComponents());
    var types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new Shape(
          components.stream().map(RecordComponent::getName).toList(),
          components.stream().map(RecordComponent::getGenericType).toList(),
          constructor);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its constructor", e);
    }
  }
}
