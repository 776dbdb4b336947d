package starbase.topology;

import java.util.List;
import java.util.stream.Stream;
import starbase.dns.Audience;
import starbase.findings.Finding;

/**
 * One thing that a request passes.
 *
 * @param id its own in the picture
 * @param column what sort of thing
 * @param title its name
 * @param details what else to know at a glance, a line each
 * @param audience who is meant to reach it
 * @param key the key of the stack file that it comes from; empty if from none
 * @param problems what is wrong with it
 */
public record Node(
    String id,
    Column column,
    String title,
    List<String> details,
    Audience audience,
    String key,
    List<Finding> problems) {
  /** The same with one more problem. */
  Node with(Finding problem) {
    return new Node(
        id,
        column,
        title,
        details,
        audience,
        key,
        Stream.concat(problems.stream(), Stream.of(problem)).toList());
  }
}
