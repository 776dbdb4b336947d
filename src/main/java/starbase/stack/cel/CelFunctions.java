package starbase.stack.cel;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions: CEL's own, and those that Kubernetes adds and the definitions call. */
final class CelFunctions {
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private static final java.util.regex.Pattern LENGTH =
      java.util.regex.Pattern.compile("(\\d+(?:\\.\\d*)?)(ns|us|µs|ms|s|m|h)");

  private static final Map<String, Long> NANOSECONDS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  /** By name and number of arguments; a method's receiver is the first. */
  private static final Map<String, Function<List<@Nullable Object>, @Nullable Object>> ALL =
      Map.of(
          "size/1", CelFunctions::size,
          "contains/2", all -> text(all, 0).contains(text(all, 1)),
          "startsWith/2", all -> text(all, 0).startsWith(text(all, 1)),
          "endsWith/2", all -> text(all, 0).endsWith(text(all, 1)),
          "matches/2", all -> matches(text(all, 0), text(all, 1)),
          "substring/2", all -> substring(text(all, 0), CelValues.number(all.get(1))),
          "split/2",
              all -> List.of(text(all, 0).split(java.util.regex.Pattern.quote(text(all, 1)), -1)),
          "isIP/1", all -> isIp(text(all, 0)),
          "duration/1", all -> duration(text(all, 0)));

  private CelFunctions() {}

  /**
   * @throws CelException if there is no such function
   */
  static Function<List<@Nullable Object>, @Nullable Object> of(String name, int arguments) {
    var found = ALL.get(name + "/" + arguments);
    if (found == null) {
      throw new CelException("no function %s with %d arguments".formatted(name, arguments));
    }
    return found;
  }

  /** Somewhere in the text, by RE2. */
  static boolean matches(String text, String pattern) {
    return PATTERNS.computeIfAbsent(pattern, Pattern::compile).matcher(text).find();
  }

  private static long size(List<@Nullable Object> all) {
    var value = all.get(0);
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    return value instanceof Collection<?> list ? list.size() : CelValues.map(value).size();
  }

  private static String substring(String text, long from) {
    if (from < 0 || from > text.length()) {
      throw new CelException("no part from %d of: %s".formatted(from, text));
    }
    return text.substring((int) from);
  }

  private static boolean isIp(String text) {
    if (!text.matches("[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F.:]*")) {
      return false;
    }
    try {
      // Such a text is never looked up, only read.
      return text.contains(":")
          ? InetAddress.getByName(text) != null
          : text.matches("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** As Go writes lengths of time: 1h30m, 500ms. */
  private static Duration duration(String text) {
    var parts = LENGTH.matcher(text);
    var sum = Duration.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      long unit = java.util.Objects.requireNonNull(NANOSECONDS.get(parts.group(2)));
      sum =
          sum.plusNanos(
              new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)).longValue());
      end = parts.end();
    }
    if (end < text.length() || text.isEmpty()) {
      throw new CelException("no length of time: " + text);
    }
    return sum;
  }

  private static String text(List<@Nullable Object> all, int index) {
    return CelValues.text(all.get(index));
  }
}
