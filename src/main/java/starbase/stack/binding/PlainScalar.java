package starbase.stack.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import starbase.findings.Finding;

/**
 * A scalar without quotes, as Pulumi, YAML 1.2 and YAML 1.1 read it. Pulumi's library takes from
 * both versions: {@code 0336} is 222 to it, and 336 to an editor that follows YAML 1.2.
 *
 * <p>Sources: gopkg.in/yaml.v3 v3.0.1, resolve.go; Pulumi v3.259.0,
 * sdk/go/common/workspace/loaders.go and sdk/go/common/resource/config/object.go, by which a value
 * goes before a program gets it; the core schema of YAML 1.2.2; the type repository of YAML 1.1.
 */
final class PlainScalar {
  private static final String DECIMAL = "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?";

  private static final Pattern NOTHING = Pattern.compile("|~|null|Null|NULL");
  private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
  private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
  private static final Pattern ENDLESS = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private static final Pattern DATE =
      Pattern.compile(
          "\\d{4}-\\d{1,2}-\\d{1,2}([Tt ]\\s*\\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d*)?\\s*(Z|[-+]\\d{1,2}(:\\d{2})?)?)?");

  /** Go's strconv.ParseInt with base 0; yaml.v3 removes the underscores before. */
  private static final Pattern GO_INTEGER =
      Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)");

  private static final Pattern FLOAT = Pattern.compile(DECIMAL);

  private static final Pattern INTEGER_1_2 = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");

  private static final Pattern TRUE_1_1 = Pattern.compile("y|Y|yes|Yes|YES|on|On|ON");
  private static final Pattern FALSE_1_1 = Pattern.compile("n|N|no|No|NO|off|Off|OFF");
  private static final Pattern INTEGER_1_1 =
      Pattern.compile(
          "[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*|[1-9][0-9_]*(:[0-5]?[0-9])+)");
  private static final Pattern FLOAT_1_1 =
      Pattern.compile(
          "[-+]?(([0-9][0-9_]*)?\\.[0-9_]+|[0-9][0-9_]*\\.)([eE][-+][0-9]+)?"
              + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\\.[0-9_]*");

  /** What most numbers are: no reader takes such digits for anything else. */
  private static final Pattern NUMBER_TO_ALL = Pattern.compile("[1-9][0-9]{0,8}");

  /** Numbers with more zeros than these are not written out. */
  private static final int LONGEST = 30;

  private PlainScalar() {}

  /**
   * What a reader takes a scalar for.
   *
   * @param said how messages name the value; the same for the same value
   * @param value what a program is given; a text where it would be a date, or no number of JSON
   */
  private record Reading(String said, JsonNode value) {}

  /** The value that Pulumi gives a program. */
  static JsonNode value(String text) {
    return isTextToAll(text) ? JsonNodeFactory.instance.textNode(text) : pulumi(text).value();
  }

  /**
   * The whole number that was meant by a scalar that Pulumi takes for a number: zeros before it are
   * taken for nothing. Empty if Pulumi takes it for something else.
   */
  static Optional<String> number(String text) {
    return Stream.of(yaml12(text), pulumi(text))
        .filter(each -> each.value().isNumber())
        .filter(each -> pulumi(text).value().isNumber())
        .map(Reading::said)
        .findFirst();
  }

  /**
   * What is wrong with a value that is not the same to all readers.
   *
   * @param key where it stands
   */
  static Optional<Finding> ambiguity(String key, String text) {
    if (isTextToAll(text) || NUMBER_TO_ALL.matcher(text).matches()) {
      return Optional.empty();
    }
    var readings = new LinkedHashMap<Reading, String>();
    Map<String, Reading> readers =
        Map.of("Pulumi", pulumi(text), "YAML 1.2", yaml12(text), "YAML 1.1", yaml11(text));
    for (var reader : List.of("Pulumi", "YAML 1.2", "YAML 1.1")) {
      readings.merge(readers.get(reader), reader, (one, other) -> one + " and " + other);
    }
    if (readings.size() == 1 && !ENDLESS.matcher(text).matches()) {
      return Optional.empty();
    }
    var wrong =
        readings.entrySet().stream()
            .map(each -> each.getKey().said() + " to " + each.getValue())
            .collect(Collectors.joining(", "));
    var plainly =
        readings.keySet().stream()
            .filter(each -> each.value().isNumber() || each.value().isBoolean())
            .map(each -> each.said() + " plainly")
            .distinct()
            .collect(Collectors.joining(" or "));
    return Optional.of(
        Finding.error(key, "is " + wrong)
            .givenJson(Optional.of(text))
            .allowed(
                "\"%s\" in quotes%s".formatted(text, plainly.isEmpty() ? "" : ", or " + plainly)));
  }

  /** What is wrong with a key that Pulumi would give another name. */
  static Optional<Finding> ambiguousKey(String key, String text) {
    if (isTextToAll(text)) {
      return Optional.empty();
    }
    var reading = pulumi(text);
    boolean isSame =
        reading.value().isTextual()
            ? reading.said().startsWith("the text")
            : reading.said().equals(text);
    return isSame
        ? Optional.empty()
        : Optional.of(
            Finding.error(key, "is a key that is %s to Pulumi".formatted(reading.said()))
                .allowed("\"%s\" in quotes".formatted(text)));
  }

  /**
   * A quick test for most strings: they begin with a letter that no other scalar type begins with,
   * or are longer than {@code false}, the longest word of another type.
   */
  private static boolean isTextToAll(String text) {
    return !text.isEmpty()
        && ("+-.~0123456789nNtTfFyYoO".indexOf(text.charAt(0)) < 0
            || text.length() > 5 && Character.isLetter(text.charAt(0)));
  }

  private static Reading pulumi(String text) {
    if (isTextToAll(text)) {
      return text(text);
    }
    var common = common(text);
    if (common.isPresent()) {
      return common.get();
    }
    if (Character.isLetter(text.charAt(0))) {
      return text(text);
    }
    if (DATE.matcher(text).matches()) {
      return date(text);
    }
    var plain = text.charAt(0) == '.' ? text : text.replace("_", "");
    if (GO_INTEGER.matcher(plain).matches()) {
      var number = goInteger(plain);
      if (number.bitLength() < Long.SIZE || (number.signum() > 0 && number.bitLength() == 64)) {
        return number(new BigDecimal(number));
      }
    }
    return FLOAT.matcher(plain).matches() ? rounded(plain).orElseGet(() -> text(text)) : text(text);
  }

  private static Reading yaml12(String text) {
    var common = common(text);
    if (common.isPresent()) {
      return common.get();
    }
    if (INTEGER_1_2.matcher(text).matches()) {
      return integer12(text);
    }
    return FLOAT.matcher(text).matches() ? exact(text).orElseGet(() -> text(text)) : text(text);
  }

  private static Reading yaml11(String text) {
    var common = common(text);
    if (common.isPresent()) {
      return common.get();
    }
    if (TRUE_1_1.matcher(text).matches() || FALSE_1_1.matcher(text).matches()) {
      return truth(TRUE_1_1.matcher(text).matches());
    }
    if (DATE.matcher(text).matches()) {
      return date(text);
    }
    var plain = text.replace("_", "");
    if (INTEGER_1_1.matcher(text).matches() || FLOAT_1_1.matcher(text).matches()) {
      if (plain.contains(":")) {
        return sexagesimal(plain);
      }
      return GO_INTEGER.matcher(plain).matches()
          ? number(new BigDecimal(goInteger(plain)))
          : exact(plain).orElseGet(() -> text(text));
    }
    return text(text);
  }

  /** What all three have in common. */
  private static Optional<Reading> common(String text) {
    var make = JsonNodeFactory.instance;
    if (NOTHING.matcher(text).matches()) {
      return Optional.of(new Reading("nothing", make.nullNode()));
    }
    if (TRUE.matcher(text).matches() || FALSE.matcher(text).matches()) {
      return Optional.of(truth(TRUE.matcher(text).matches()));
    }
    return ENDLESS.matcher(text).matches()
        ? Optional.of(new Reading("no number of JSON", make.textNode(text)))
        : Optional.empty();
  }

  private static Reading truth(boolean value) {
    return new Reading(String.valueOf(value), JsonNodeFactory.instance.booleanNode(value));
  }

  private static Reading text(String text) {
    return new Reading("the text \"" + text + "\"", JsonNodeFactory.instance.textNode(text));
  }

  private static Reading date(String text) {
    return new Reading("a point in time", JsonNodeFactory.instance.textNode(text));
  }

  private static BigInteger goInteger(String text) {
    boolean signed = text.startsWith("-") || text.startsWith("+");
    var digits = signed ? text.substring(1) : text;
    var sign = text.startsWith("-") ? "-" : "";
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      return switch (Character.toLowerCase(digits.charAt(1))) {
        case 'x' -> new BigInteger(sign + digits.substring(2), 16);
        case 'b' -> new BigInteger(sign + digits.substring(2), 2);
        case 'o' -> new BigInteger(sign + digits.substring(2), 8);
        default -> new BigInteger(sign + digits, 8);
      };
    }
    return new BigInteger(sign + digits);
  }

  private static Reading integer12(String text) {
    return number(
        new BigDecimal(
            text.startsWith("0x") || text.startsWith("0o")
                ? goInteger(text)
                : new BigInteger(text)));
  }

  private static Reading sexagesimal(String text) {
    boolean negative = text.startsWith("-");
    var sum = BigDecimal.ZERO;
    for (var digits : text.replaceAll("^[-+]", "").split(":", -1)) {
      var place = digits.isEmpty() ? BigDecimal.ZERO : new BigDecimal(digits);
      sum = sum.multiply(BigDecimal.valueOf(60)).add(place);
    }
    return number(negative ? sum.negate() : sum);
  }

  /** A number as a double has it. */
  private static Optional<Reading> rounded(String text) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      return Optional.empty();
    }
    return exact(text)
        .map(
            exact -> {
              var written = exact.value().decimalValue().stripTrailingZeros();
              var kept = new BigDecimal(value, new MathContext(written.precision()));
              return kept.compareTo(written) == 0
                  ? exact
                  : number(new BigDecimal(value, MathContext.DECIMAL64));
            });
  }

  private static Optional<Reading> exact(String text) {
    try {
      return Optional.of(number(new BigDecimal(text)));
    } catch (NumberFormatException e) {
      return Optional.empty(); // an exponent beyond all measure
    }
  }

  private static Reading number(BigDecimal number) {
    var bare = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    var make = JsonNodeFactory.instance;
    if (bare.scale() > 0 || bare.scale() < -LONGEST) {
      return new Reading(
          Math.abs(bare.scale()) > LONGEST ? bare.toString() : bare.toPlainString(),
          make.numberNode(bare));
    }
    var whole = bare.toBigIntegerExact();
    return new Reading(
        whole.toString(),
        whole.bitLength() < 32 ? make.numberNode(whole.intValue()) : make.numberNode(whole));
  }
}
