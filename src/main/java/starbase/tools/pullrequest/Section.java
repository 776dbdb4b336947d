package starbase.tools.pullrequest;

import java.util.List;

/** The changes of one layer, a table. */
final class Section {
  private Section() {}

  static String of(String layer, List<Change> changes) {
    var text = new StringBuilder("\n### " + layer + "\n\n");
    text.append(CommentMarkdown.row("", "resource", "field", "before", "after"));
    text.append("|---|---|---|---|---|\n");
    for (var change : changes) {
      var resource = change.urn().kind() + " " + CommentMarkdown.code(change.object());
      if (change.fields().isEmpty()) {
        text.append(CommentMarkdown.row(change.kind().text(), resource, "", "", ""));
      }
      for (var field : change.fields()) {
        text.append(
            CommentMarkdown.row(
                change.kind().text(),
                resource,
                CommentMarkdown.code(field.path()),
                CommentMarkdown.code(field.before()),
                CommentMarkdown.code(field.after())));
      }
    }
    return text.toString();
  }
}
