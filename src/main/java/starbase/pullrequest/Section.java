package starbase.pullrequest;

import java.util.List;

/** The changes of one layer, a table. */
final class Section {
  private Section() {}

  static String of(String layer, List<Change> changes) {
    var text = new StringBuilder("\n### " + layer + "\n\n");
    text.append(Markup.row("", "resource", "field", "before", "after"));
    text.append("|---|---|---|---|---|\n");
    for (var change : changes) {
      var resource = change.urn().kind() + " " + Markup.code(change.object());
      if (change.fields().isEmpty()) {
        text.append(Markup.row(change.kind().text(), resource, "", "", ""));
      }
      for (var field : change.fields()) {
        text.append(
            Markup.row(
                change.kind().text(),
                resource,
                Markup.code(field.path()),
                Markup.code(field.before()),
                Markup.code(field.after())));
      }
    }
    return text.toString();
  }
}
