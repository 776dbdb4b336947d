package starbase.it;

import java.util.List;
import java.util.regex.Pattern;

/** What the engine says at the end of an up about each resource that something is to be said of. */
record Diagnostics(String shown) {

  /** {@code TYPE (NAME):}, above all that is said of that resource. */
  private static final Pattern HEADING = Pattern.compile("^ {2}\\S+ \\((\\S+)\\):$");

  /** What is said of these resources. */
  String of(String... names) {
    var wanted = List.of(names);
    var said = new StringBuilder();
    var about = "";
    for (var line : shown.lines().dropWhile(line -> !line.equals("Diagnostics:")).toList()) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        about = heading.group(1);
      } else if (wanted.contains(about)) {
        said.append(line).append('\n');
      }
    }
    return said.toString();
  }
}
