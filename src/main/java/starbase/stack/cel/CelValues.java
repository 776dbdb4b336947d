package starbase.stack.cel;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What CEL asks of values: their types, their order, and whether they are equal. */
final class CelValues {
  private CelValues() {}

  static boolean truth(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    throw new CelException("no truth value: " + value);
  }

  static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new CelException("no map: " + value);
  }

  static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new CelException("no text: " + value);
  }

  static long number(@Nullable Object value) {
    if (value instanceof Long number) {
      return number;
    }
    throw new CelException("no whole number: " + value);
  }

  static Collection<?> elements(@Nullable Object value) {
    return value instanceof List<?> list ? list : map(value).keySet();
  }

  /** Numbers are equal by value, whatever their type. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    return left instanceof Number && right instanceof Number
        ? compare(left, right) == 0
        : Objects.equals(left, right);
  }

  static int compare(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return one.compareTo(other);
    }
    if (left instanceof Number one && right instanceof Number other) {
      return Double.compare(one.doubleValue(), other.doubleValue());
    }
    if (left instanceof String one && right instanceof String other) {
      return one.compareTo(other);
    }
    if (left instanceof Duration one && right instanceof Duration other) {
      return one.compareTo(other);
    }
    throw new CelException("no order between %s and %s".formatted(left, right));
  }

  static Object sum(@Nullable Object left, @Nullable Object right) {
    return left instanceof String text ? text + text(right) : (Object) exact(left, right);
  }

  private static long exact(@Nullable Object left, @Nullable Object right) {
    return Math.addExact(number(left), number(right));
  }
}
