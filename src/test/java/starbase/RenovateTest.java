package starbase;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No version in a stack file, and no release that a part's pins name in a comment, is unknown to
 * renovate.json. That Renovate takes the file is for its own validator to say, which needs Node.
 */
class RenovateTest {
  /** The paths of pinned versions, below the key of a layer. */
  private static final List<String> VERSIONS =
      List.of("/version", "/chart/version", "/plan/kubernetes", "/plan/talos");

  /** An image with a tag. Its registry may have a port, and a digest may follow. */
  private static final Pattern IMAGE = Pattern.compile("[^\\s@]+:([^\\s@:/]+)(?:@.*)?");

  /** Where a part's release is not its module's version (toolchain/parts.go). */
  private static final Pattern RELEASE = Pattern.compile("(?m)^.* // = (\\S+)$");

  static List<Path> plugins() throws IOException {
    try (Stream<Path> parts = Files.list(Path.of("toolchain", "parts"))) {
      return parts
          .filter(part -> part.toString().endsWith("-plugin"))
          .map(part -> part.resolve("go.mod"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("starbase.testing.StackFiles#all")
  void everyVersionOfAStackFileIsKnown(Path file) throws IOException {
    var config = new YAMLMapper().readTree(file.toFile()).path("config");

    assertThat(pins(config)).isNotEmpty().isSubsetOf(known(file, Files.readString(file)));
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void everyPluginsReleaseIsKnown(Path file) throws IOException {
    var text = Files.readString(file);

    assertThat(found(RELEASE, text).map(release -> release.group(1)))
        .isNotEmpty()
        .isSubsetOf(known(file, text));
  }

  /** The pins at fixed paths: elsewhere, "version" may be a label of an application. */
  private static List<String> pins(JsonNode config) {
    var versions =
        VERSIONS.stream()
            .flatMap(key -> config.valueStream().map(layer -> layer.at(key)))
            .filter(JsonNode::isTextual)
            .map(JsonNode::textValue);
    var tags =
        config.findValuesAsText("image").stream()
            .map(IMAGE::matcher)
            .filter(Matcher::matches)
            .map(image -> image.group(1));
    return Stream.concat(versions, tags).toList();
  }

  private static Set<String> known(Path file, String text) throws IOException {
    var known = new TreeSet<String>();
    for (var manager : renovate().get("customManagers")) {
      if (takes(manager, file)) {
        manager.get("matchStrings").forEach(match -> known.addAll(values(match, text)));
      }
    }
    return known;
  }

  private static JsonNode renovate() throws IOException {
    return new ObjectMapper().readTree(Path.of("renovate.json").toFile());
  }

  private static boolean takes(JsonNode manager, Path file) {
    return StreamSupport.stream(manager.get("managerFilePatterns").spliterator(), false)
        .map(JsonNode::asText)
        .map(pattern -> pattern.substring(1, pattern.length() - 1))
        .anyMatch(pattern -> Pattern.compile(pattern).matcher(file.toString()).find());
  }

  private static List<String> values(JsonNode match, String text) {
    var matcher = Pattern.compile(match.asText()).matcher(text);
    var values = new java.util.ArrayList<String>();
    while (matcher.find()) {
      values.add(matcher.group("currentValue"));
    }
    return values;
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }
}
