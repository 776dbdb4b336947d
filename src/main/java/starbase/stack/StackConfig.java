package starbase.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import starbase.findings.Finding;
import starbase.stack.binding.Encrypted;
import starbase.stack.binding.StrictConfig;
import starbase.stack.rules.AllRules;
import starbase.stack.rules.LabView;
import starbase.stack.rules.PartialLabConfig;

/** Reads the lab from what Pulumi hands over, and checks all of it. */
public final class StackConfig {
  static final String PREFIX = "starbase:";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private StackConfig() {}

  /**
   * The lab from the variable that the engine sets: a JSON map of every key to a text, and the text
   * is JSON again where the stack file has a map.
   *
   * <p>Read from there and not key by key, so that a key that nobody asks for is noticed. The
   * values are decrypted, and the engine names only the keys that hold encrypted ones; which they
   * are, the stack file says.
   *
   * @param secretKeys the engine's other variable: a JSON list of the keys that were encrypted
   * @param file the stack file that the engine has read
   */
  public static ConfigCheck ofPulumi(
      String pulumiConfig, String secretKeys, Optional<StackFile> file) {
    var config = JSON.createObjectNode();
    var secret = new HashSet<String>();
    try {
      JSON.readTree(pulumiConfig)
          .properties()
          .forEach(entry -> config.set(entry.getKey(), parsed(entry.getValue().asText())));
      JSON.readTree(secretKeys).forEach(key -> secret.add(key.asText()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the engine's configuration is not JSON", e);
    }
    var unmarked = mark(config, secret, file);
    if (!unmarked.isEmpty()) {
      return new ConfigCheck(Optional.empty(), unmarked);
    }
    return check(config, secret::contains, file.map(StackFile::ambiguities).orElse(List.of()));
  }

  /** Marks what was encrypted. What can't be marked must not be read: it could be shown. */
  private static List<Finding> mark(
      ObjectNode config, Set<String> secret, Optional<StackFile> file) {
    var findings = new ArrayList<Finding>();
    for (var key : secret) {
      if (!key.startsWith(PREFIX) || key.equals(PREFIX + SecretKeys.TALOS) || !config.has(key)) {
        continue;
      }
      var marked =
          file.flatMap(its -> its.value(key))
              .flatMap(its -> Optional.ofNullable(Encrypted.marked(its, config.path(key))));
      if (marked.isPresent()) {
        config.set(key, marked.get());
      } else {
        findings.add(
            Finding.error(key, "has encrypted values, and no stack file shows which")
                .remedy("put the stack file that Pulumi has read beside Pulumi.yaml"));
      }
    }
    return findings;
  }

  /**
   * Keys of other projects and providers (kubernetes:…) are not ours to judge.
   *
   * @param isSecret whether the value of a key was encrypted
   * @param ambiguities the lab's keys and values that YAML's readers do not agree on
   */
  static ConfigCheck check(
      ObjectNode config, Predicate<String> isSecret, List<Finding> ambiguities) {
    var lab = JSON.createObjectNode();
    config.properties().stream()
        .filter(entry -> entry.getKey().startsWith(PREFIX))
        .filter(entry -> !entry.getKey().equals(PREFIX + SecretKeys.TALOS))
        .forEach(
            entry ->
                lab.set(entry.getKey().substring(PREFIX.length()), entry.getValue().deepCopy()));
    var former = FormerShape.of(lab);
    if (former.isPresent()) {
      // Whatever else could be said would only repeat it.
      return new ConfigCheck(Optional.empty(), former.stream().toList());
    }
    var findings = new ArrayList<>(ConfigKeys.check(config));
    findings.addAll(Suffix.expand(lab));
    var reading = StrictConfig.read(lab, LabConfig.class, PREFIX, ambiguities);
    findings.addAll(reading.findings());
    findings.addAll(SecretKeys.check(config, isSecret));
    Optional.of(reading)
        .filter(its -> ambiguities.isEmpty())
        .flatMap(StrictConfig.Reading::value)
        .map(LabConfig::draft)
        .or(() -> StrictConfig.salvage(lab, PartialLabConfig.class, PREFIX, ambiguities))
        .map(draft -> new LabView(draft, reading.findings()))
        .map(AllRules::findings)
        .ifPresent(findings::addAll);
    return new ConfigCheck(reading.value(), findings);
  }

  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }
}
