package starbase.stack.cel;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled expression. */
@FunctionalInterface
interface CelExpression {
  /**
   * @throws CelException if it has none
   */
  @Nullable Object value(CelScope scope);

  /** Either side may decide, whatever comes of the other (CEL's && and ||). */
  static CelExpression either(boolean decides, CelExpression left, CelExpression right) {
    return scope -> {
      try {
        if (CelValues.truth(left.value(scope)) == decides) {
          return decides;
        }
      } catch (CelException e) {
        if (CelValues.truth(right.value(scope)) == decides) {
          return decides;
        }
        throw e;
      }
      return CelValues.truth(right.value(scope));
    };
  }

  /** A variable by itself. */
  record Variable(String name) implements CelExpression {
    @Override
    public @Nullable Object value(CelScope scope) {
      return scope.lookUp(name);
    }
  }

  /** A field of a map, which {@code has} asks for. */
  record Field(CelExpression of, String name) implements CelExpression {
    @Override
    public @Nullable Object value(CelScope scope) {
      if (!isThere(scope)) {
        throw new CelException("no field " + name);
      }
      return CelValues.map(of.value(scope)).get(name);
    }

    boolean isThere(CelScope scope) {
      return CelValues.map(of.value(scope)).containsKey(name);
    }
  }

  /** An element of a list by its place, or of a map by its key. */
  record Element(CelExpression of, CelExpression at) implements CelExpression {
    @Override
    public @Nullable Object value(CelScope scope) {
      var whole = of.value(scope);
      var place = at.value(scope);
      if (whole instanceof List<?> list
          && place instanceof Long index
          && index >= 0
          && index < list.size()) {
        return list.get(index.intValue());
      }
      if (whole instanceof Map<?, ?> map && map.containsKey(place)) {
        return map.get(place);
      }
      throw new CelException("no element " + place);
    }
  }

  /** One of the macros that go through a list, or through the keys of a map. */
  record Each(String macro, CelExpression of, String variable, CelExpression body)
      implements CelExpression {
    @Override
    public Object value(CelScope scope) {
      var elements = CelValues.elements(of.value(scope)).stream();
      return switch (macro) {
        case "all" -> !decided(false, scope);
        case "exists" -> decided(true, scope);
        case "exists_one" -> elements.filter(each -> holds(scope, each)).limit(2).count() == 1;
        case "filter" -> elements.filter(each -> holds(scope, each)).toList();
        case "map" -> elements.map(each -> body.value(inside(scope, each))).toList();
        default -> throw new CelException("no macro " + macro);
      };
    }

    /** Whether any element gives that answer, whatever comes of the others. */
    private boolean decided(boolean answer, CelScope scope) {
      CelException unclear = null;
      for (var each : CelValues.elements(of.value(scope))) {
        try {
          if (holds(scope, each) == answer) {
            return true;
          }
        } catch (CelException e) {
          unclear = e;
        }
      }
      if (unclear != null) {
        throw unclear;
      }
      return false;
    }

    private boolean holds(CelScope scope, @Nullable Object each) {
      return CelValues.truth(body.value(inside(scope, each)));
    }

    private CelScope inside(CelScope scope, @Nullable Object each) {
      return new CelScope(variable, each, scope);
    }
  }
}
