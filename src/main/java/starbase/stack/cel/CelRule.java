package starbase.stack.cel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A rule over one value, as in {@code x-kubernetes-validations}. It is compiled once. */
public final class CelRule {
  private static final Map<String, CelRule> COMPILED = new ConcurrentHashMap<>();

  private final CelExpression compiled;

  private CelRule(CelExpression compiled) {
    this.compiled = compiled;
  }

  /**
   * The rule of that text.
   *
   * @throws CelException if it uses what is not known here
   */
  public static CelRule of(String text) {
    return COMPILED.computeIfAbsent(text, any -> new CelRule(CelParser.parse(text)));
  }

  /**
   * Whether the rule holds.
   *
   * @param self the value: maps, lists, texts, truth values, Long and Double
   * @throws CelException if it can't be told, as for a field that is not there
   */
  public boolean holds(Object self) {
    return CelValues.truth(compiled.value(new CelScope("self", self, null)));
  }
}
