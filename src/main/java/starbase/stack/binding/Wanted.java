package starbase.stack.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import starbase.rules.TextPattern;

/** What a key may hold, by its type: an example, or the keys below it. For keys without a value. */
final class Wanted {
  private Wanted() {}

  static String of(Type type) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        return list(arguments[0]);
      }
      return generic.getRawType() == Map.class ? map(arguments[0], arguments[1]) : "a value";
    }
    var plain = (Class<?>) type;
    if (isScalar(plain)) {
      return scalar(plain);
    }
    if (plain.isSealed()) {
      return "kind: %s, and what belongs to it, below the key"
          .formatted(
              Arrays.stream(plain.getPermittedSubclasses())
                  .map(Records::kind)
                  .sorted()
                  .collect(Collectors.joining(" or ")));
    }
    return plain.isRecord() ? keys(plain).orElse("keys with values") + " below the key" : "a value";
  }

  private static String scalar(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(" or "));
    }
    return switch (Scalars.kind(type)) {
      case NUMBER -> "a whole number";
      case TRUTH -> "true or false";
      case TEXT -> example(type).map("a value such as "::concat).orElse("a text");
    };
  }

  private static String list(Type element) {
    return element instanceof Class<?> plain && isScalar(plain)
        ? example(plain).map("a list, such as [%s]"::formatted).orElse("a list of texts")
        : "a list" + below(element).map(", each entry with "::concat).orElse("");
  }

  private static String map(Type key, Type value) {
    var name = key instanceof Class<?> plain ? example(plain).orElse("a-name") : "a-name";
    return value instanceof Class<?> plain && isScalar(plain)
        ? "names with a value each, such as %s: %s".formatted(name, example(plain).orElse("x"))
        : below(value)
            .map("names, each with %s below it"::formatted)
            .orElse("names, such as %s: {}".formatted(name));
  }

  private static Optional<String> below(Type type) {
    if (type instanceof Class<?> plain && plain.isSealed()) {
      return Optional.of("kind");
    }
    return type instanceof Class<?> plain && plain.isRecord() ? keys(plain) : Optional.empty();
  }

  /** The keys that a record can't do without. */
  private static Optional<String> keys(Class<?> type) {
    var keys = required(type).toList();
    if (keys.size() < 2) {
      return keys.stream().findFirst();
    }
    int last = keys.size() - 1;
    return Optional.of(String.join(", ", keys.subList(0, last)) + " and " + keys.get(last));
  }

  private static Stream<String> required(Class<?> type) {
    var shape = RecordDescriptor.of(type);
    return IntStream.range(0, shape.names().size())
        .filter(i -> !RecordDescriptor.isOptional(shape.types().get(i)))
        .boxed()
        .flatMap(
            i ->
                shape.parts().contains(shape.names().get(i))
                    ? required((Class<?>) shape.types().get(i))
                    : Stream.of(shape.names().get(i)));
  }

  private static boolean isScalar(Class<?> type) {
    return type != Object.class && Scalars.isScalar(type);
  }

  private static Optional<String> example(Class<?> type) {
    if (type == URI.class) {
      return Optional.of("https://lab.example/");
    }
    return Optional.ofNullable(type.getAnnotation(TextPattern.class)).map(TextPattern::example);
  }
}
