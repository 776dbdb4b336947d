package starbase.stack.binding;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A YAML parser that rejects what would overflow the stack or never end when nodes are composed:
 * deep nesting, and an alias inside the map or list that it names.
 */
final class ShallowParser implements Parser {
  private final Parser parser;
  private final int deepest;
  private final Deque<Optional<Anchor>> open = new ArrayDeque<>();

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
   * @throws YamlEngineException if the next collection is too deep, or an alias names what it is in
   */
  @Override
  public Event next() {
    var event = parser.next();
    if (event instanceof CollectionStartEvent start) {
      open.push(start.getAnchor());
    } else if (event instanceof CollectionEndEvent) {
      open.pop();
    } else if (event instanceof AliasEvent alias && open.contains(Optional.of(alias.getAlias()))) {
      throw new ParserException(
          "the alias *" + alias.getAlias() + " is inside what it names", event.getStartMark());
    }
    if (open.size() > deepest) {
      throw new YamlEngineException("it is nested more than " + deepest + " deep");
    }
    return event;
  }
}
