package starbase.stack.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression, by recursive descent along CEL's grammar (cel-spec, doc/langdef.md). Maps
 * and messages in an expression, bytes and timestamps are not read: no definition has them.
 */
final class CelParser {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:"
              + "(?<text>[rR]?(?:\"\"\"(?:\\\\.|[^\\\\])*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'))"
              + "|(?<number>\\d+(?:\\.\\d+)?)|(?<name>[A-Za-z_]\\w*)"
              + "|(?<sign>&&|\\|\\||[<>=!]=|[-+*/%!<>?:.,()\\[\\]]))",
          Pattern.DOTALL);

  /** Kubernetes writes a field whose name is a word of CEL's own like this. */
  private static final Pattern ESCAPED =
      Pattern.compile(
          "__(true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop"
              + "|package|namespace|return|var|void|while)__");

  private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "filter", "map");

  private static final Map<String, Object> WORDS = Map.of("true", true, "false", false);

  private final List<String> tokens = new ArrayList<>();
  private int next;

  private CelParser(String text) {
    var matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.region(end, text.length()).lookingAt()) {
      tokens.add(matcher.group().strip());
      end = matcher.end();
    }
    if (!text.substring(end).isBlank()) {
      throw new CelException("can't be read from: " + text.substring(end));
    }
  }

  static CelExpression parse(String text) {
    var parser = new CelParser(text);
    var whole = parser.choice();
    if (parser.next < parser.tokens.size()) {
      throw new CelException("something left: " + parser.tokens.get(parser.next));
    }
    return whole;
  }

  private CelExpression choice() {
    var condition = or();
    if (!taken("?")) {
      return condition;
    }
    var yes = or();
    take(":");
    var no = choice();
    return scope -> (CelValues.truth(condition.value(scope)) ? yes : no).value(scope);
  }

  private CelExpression or() {
    var left = and();
    while (taken("||")) {
      left = CelExpression.either(true, left, and());
    }
    return left;
  }

  private CelExpression and() {
    var left = relation();
    while (taken("&&")) {
      left = CelExpression.either(false, left, relation());
    }
    return left;
  }

  private CelExpression relation() {
    var left = sum();
    for (var sign = peek(); ; sign = peek()) {
      switch (sign) {
        case "==", "!=", "<", "<=", ">", ">=", "in" -> next++;
        default -> {
          return left;
        }
      }
      left = related(sign, left, sum());
    }
  }

  private static CelExpression related(String sign, CelExpression left, CelExpression right) {
    return scope -> {
      var one = left.value(scope);
      var other = right.value(scope);
      return switch (sign) {
        case "==" -> CelValues.equal(one, other);
        case "!=" -> !CelValues.equal(one, other);
        case "<" -> CelValues.compare(one, other) < 0;
        case "<=" -> CelValues.compare(one, other) <= 0;
        case ">" -> CelValues.compare(one, other) > 0;
        case ">=" -> CelValues.compare(one, other) >= 0;
        default -> CelValues.elements(other).stream().anyMatch(each -> CelValues.equal(one, each));
      };
    };
  }

  private CelExpression sum() {
    var left = unary();
    while (taken("+")) {
      var before = left;
      var right = unary();
      left = scope -> CelValues.sum(before.value(scope), right.value(scope));
    }
    return left;
  }

  private CelExpression unary() {
    if (taken("!")) {
      var denied = unary();
      return scope -> !CelValues.truth(denied.value(scope));
    }
    if (taken("-")) {
      var negated = unary();
      return scope -> -CelValues.number(negated.value(scope));
    }
    return member();
  }

  private CelExpression member() {
    var whole = primary();
    while (true) {
      if (taken("[")) {
        whole = new CelExpression.Element(whole, choice());
        take("]");
      } else if (taken(".")) {
        var name = take();
        whole =
            peek().equals("(") ? method(whole, name) : new CelExpression.Field(whole, field(name));
      } else {
        return whole;
      }
    }
  }

  private CelExpression method(CelExpression receiver, String name) {
    take("(");
    if (MACROS.contains(name)) {
      var variable = take();
      take(",");
      var body = choice();
      take(")");
      return new CelExpression.Each(name, receiver, variable, body);
    }
    var arguments = new ArrayList<CelExpression>(List.of(receiver));
    arguments.addAll(list(")"));
    return call(name, arguments);
  }

  private static CelExpression call(String name, List<CelExpression> arguments) {
    var function = CelFunctions.of(name, arguments.size());
    return scope -> {
      var values = new ArrayList<@Nullable Object>();
      arguments.forEach(each -> values.add(each.value(scope)));
      return function.apply(values);
    };
  }

  private CelExpression primary() {
    var token = take();
    if (token.equals("(")) {
      var inside = choice();
      take(")");
      return inside;
    }
    if (token.equals("[")) {
      var elements = list("]");
      return scope -> elements.stream().map(each -> each.value(scope)).toList();
    }
    if (token.endsWith("'") || token.endsWith("\"")) {
      var text = text(token);
      return scope -> text;
    }
    if (token.matches("\\d.*")) {
      Object number = token.contains(".") ? (Object) Double.valueOf(token) : Long.valueOf(token);
      return scope -> number;
    }
    if (!token.matches("\\w+")) {
      throw new CelException("no expression: " + token);
    }
    if (WORDS.containsKey(token)) {
      return scope -> WORDS.get(token);
    }
    if (!taken("(")) {
      return new CelExpression.Variable(token);
    }
    var arguments = list(")");
    if (token.equals("has") && arguments.get(0) instanceof CelExpression.Field field) {
      return field::isThere;
    }
    return call(token, arguments);
  }

  private List<CelExpression> list(String end) {
    var all = new ArrayList<CelExpression>();
    while (!taken(end)) {
      all.add(choice());
      if (!peek().equals(end)) {
        take(",");
      }
    }
    return all;
  }

  private static String field(String name) {
    var escaped = ESCAPED.matcher(name);
    return escaped.matches() ? escaped.group(1) : name;
  }

  private static String text(String token) {
    boolean raw = token.startsWith("r") || token.startsWith("R");
    var quoted = raw ? token.substring(1) : token;
    int quotes = quoted.startsWith("\"\"\"") ? 3 : 1;
    var inside = quoted.substring(quotes, quoted.length() - quotes);
    // Java's escapes are those of CEL that the definitions use: \\ \n \t \" \'
    return raw ? inside : inside.translateEscapes();
  }

  private String take() {
    if (next == tokens.size()) {
      throw new CelException("ends in the middle");
    }
    return tokens.get(next++);
  }

  private String peek() {
    return next < tokens.size() ? tokens.get(next) : "";
  }

  private boolean taken(String sign) {
    if (!peek().equals(sign)) {
      return false;
    }
    next++;
    return true;
  }

  private void take(String sign) {
    if (!taken(sign)) {
      throw new CelException("no %s but %s".formatted(sign, peek()));
    }
  }
}
