package starbase.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * README's section "On hardware": the commands that a person types there, in order, one list for
 * each block. Commands of the Proxmox hosts, whose prompt is {@code #}, are left out.
 */
record HardwareSection(List<List<String>> blocks) {

  private static final Pattern SECTION = Pattern.compile("(?ms)^## On hardware$(.*?)^## ");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```");
  private static final String PROMPT = "$ ";

  /** Reads it from the working tree's README. */
  static HardwareSection read() {
    try {
      var section = SECTION.matcher(Files.readString(Path.of("README.md")));
      if (!section.find()) {
        throw new AssertionError("README.md has no section \"On hardware\"");
      }
      var blocks = new ArrayList<List<String>>();
      var block = BLOCK.matcher(section.group(1));
      while (block.find()) {
        var commands = block.group(1).lines().filter(line -> line.startsWith(PROMPT)).toList();
        if (!commands.isEmpty()) {
          blocks.add(commands.stream().map(line -> line.substring(PROMPT.length())).toList());
        }
      }
      return new HardwareSection(List.copyOf(blocks));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
