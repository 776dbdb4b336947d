package starbase.topology;

/**
 * A request goes on from one node to another.
 *
 * @param from the id of the node it comes from
 * @param to the id of the node it goes to
 */
public record Edge(String from, String to) {}
