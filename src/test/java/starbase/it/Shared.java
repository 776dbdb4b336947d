package starbase.it;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Something that all IT classes share: started by the first that asks for it, as a constructor's or
 * method's parameter, and closed after the last, also when tests fail.
 */
abstract class Shared<R extends AutoCloseable> implements ParameterResolver {
  private final Class<R> type;
  private final Supplier<R> start;

  Shared(Class<R> type, Supplier<R> start) {
    this.type = type;
    this.start = start;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == type;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(getClass()))
        .getOrComputeIfAbsent(type, its -> start.get(), type);
  }
}
