package starbase.tools.pullrequest;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import starbase.findings.Finding;
import starbase.findings.Severity;
import starbase.findings.Summary;

/**
 * The comment on a pull request.
 *
 * @param base what the changes are against
 * @param preview what the engine would do
 * @param findings what the program's check says about the plan
 * @param before the topology as it is, as Mermaid; empty if this program can't read the base's plan
 * @param after the topology as it would be; empty if the plan can't be read
 */
public record Report(
    String base,
    Preview preview,
    List<Finding> findings,
    Optional<String> before,
    Optional<String> after) {

  /** GitHub takes 65536 characters; the changes are cut where a layer would pass this. */
  private static final int LONGEST = 40_000;

  /** Whether the pull request could be carried out. */
  public boolean fine() {
    return preview.errors().isEmpty()
        && findings.stream().noneMatch(each -> each.severity() == Severity.ERROR);
  }

  /** The whole comment. */
  public String markdown() {
    return "## What this changes in the lab\n\nAgainst "
        + CommentMarkdown.code(base)
        + ": "
        + summary()
        + ".\n"
        + dangers()
        + problems()
        + changes()
        + topology();
  }

  private String summary() {
    if (!fine()) {
      return "this plan **can't be carried out**";
    }
    var counts =
        Arrays.stream(Kind.values())
            .map(kind -> counted(kind))
            .filter(text -> !text.isEmpty())
            .collect(joining(", "));
    return counts.isEmpty() ? "nothing" : counts;
  }

  private String counted(Kind kind) {
    long count = preview.changes().stream().filter(change -> change.kind() == kind).count();
    return count == 0 ? "" : count + " to " + kind.text();
  }

  private String dangers() {
    var all =
        RiskyChanges.in(preview.changes()).stream().map("> - %s\n"::formatted).collect(joining());
    return all.isEmpty() ? "" : "\n> [!CAUTION]\n" + all;
  }

  private String problems() {
    var text = new StringBuilder();
    var found = Summary.sorted(findings);
    if (!found.isEmpty()) {
      text.append("\n### Check\n\n");
      found.forEach(
          each ->
              text.append(each.severity() == Severity.ERROR ? "- ❌ " : "- ⚠️ ")
                  .append(CommentMarkdown.code(each.text()))
                  .append('\n'));
    }
    if (!preview.errors().isEmpty()) {
      text.append("\n### The preview failed\n\n")
          .append(CommentMarkdown.block("", String.join("\n", preview.errors())));
    }
    // The program tells the engine its own warnings; they stand under Check.
    var others =
        preview.warnings().stream()
            .filter(warning -> found.stream().noneMatch(each -> warning.contains(each.text())))
            .toList();
    if (!others.isEmpty()) {
      text.append("\n### Warnings of the engine\n\n")
          .append(CommentMarkdown.block("", String.join("\n", others)));
    }
    return text.toString();
  }

  private String changes() {
    var text = new StringBuilder();
    preview
        .byLayer()
        .forEach(
            (layer, changes) -> {
              var section = Section.of(layer, changes);
              text.append(
                  text.length() + section.length() <= LONGEST
                      ? section
                      : "\n### %s\n\n%s, too many to show here: `./lab preview` shows them.\n"
                          .formatted(layer, Summary.counted(changes.size(), "change")));
            });
    return text.toString();
  }

  private String topology() {
    if (after.isEmpty() || before.equals(after)) {
      return "";
    }
    var was =
        before
            .map(diagram -> "Before:\n\n" + CommentMarkdown.block("mermaid", diagram))
            .orElse("Before: the base's stack file can't be read by this program.\n");
    return "\n<details><summary>Topology, before and after</summary>\n\n%s\nAfter:\n\n%s\n</details>\n"
        .formatted(was, CommentMarkdown.block("mermaid", after.get()));
  }
}
