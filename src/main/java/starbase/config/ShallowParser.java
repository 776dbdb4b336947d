package starbase.config;

import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A YAML parser that rejects deep nesting, which would overflow the stack: nodes are composed
 * recursively.
 */
final class ShallowParser implements Parser {
  private final Parser parser;
  private final int deepest;
  private int depth;

  /**
   * @param deepest how many maps and lists may be inside each other
   */
  ShallowParser(Parser parser, int deepest) {
    this.parser = parser;
    this.deepest = deepest;
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  /**
   * @throws YamlEngineException if the next collection is too deep
   */
  @Override
  public Event next() {
    var event = parser.next();
    depth += event instanceof CollectionStartEvent ? 1 : 0;
    depth -= event instanceof CollectionEndEvent ? 1 : 0;
    if (depth > deepest) {
      throw new YamlEngineException("it is nested more than " + deepest + " deep");
    }
    return event;
  }
}
