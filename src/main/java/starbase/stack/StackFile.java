package starbase.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.pulumi.exceptions.RunException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import starbase.findings.Finding;
import starbase.findings.Severity;
import starbase.stack.binding.Encrypted;
import starbase.stack.binding.YamlTree;

/** A stack file: its values as Pulumi reads them, and the lines of its keys. */
public final class StackFile {
  private static final String CONFIG = "config";

  /** What Pulumi keeps in a stack file (its type ProjectStack). */
  private static final List<String> PULUMIS_KEYS =
      List.of(CONFIG, "encryptedkey", "encryptionsalt", "environment", "secretsprovider");

  private final YamlTree yaml;
  private @Nullable ConfigCheck checked;

  private StackFile(YamlTree yaml) {
    this.yaml = yaml;
  }

  /**
   * The file that Pulumi keeps a stack's configuration in; empty if there is none.
   *
   * @param folder the project's
   */
  public static Optional<StackFile> of(Path folder, String stack) {
    var file = folder.resolve(name(stack));
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** The name of the file that Pulumi keeps a stack's configuration in. */
  public static String name(String stack) {
    return "Pulumi." + stack + ".yaml";
  }

  /**
   * Reads and checks a stack file.
   *
   * @throws RunException if it can't be read
   */
  public static StackFile read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new RunException(file + ": does not exist");
    } catch (CharacterCodingException e) {
      throw new RunException(file + ": is not text in UTF-8");
    } catch (IOException e) {
      throw new RunException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** Takes the text of a stack file. */
  public static StackFile parse(String text) {
    return new StackFile(YamlTree.parse(text));
  }

  /** What came of checking the file. */
  public ConfigCheck checked() {
    if (checked == null) {
      checked = check();
    }
    return checked;
  }

  private ConfigCheck check() {
    if (yaml.root().isEmpty() && !yaml.findings().isEmpty()) {
      return new ConfigCheck(Optional.empty(), yaml.findings());
    }
    var findings = new ArrayList<Finding>();
    yaml.findings().stream().map(StackFile::withoutConfig).forEach(findings::add);
    boolean hasConfig = yaml.root().has(CONFIG);
    yaml.root()
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!PULUMIS_KEYS.contains(key)) {
                boolean isConfig =
                    !hasConfig
                        && Finding.meant(key, PULUMIS_KEYS).filter(CONFIG::equals).isPresent();
                var finding =
                    isConfig
                        ? Finding.error(key, "is not a key of a stack file, and config is missing")
                        : Finding.warning(key, "is not a key of a stack file");
                findings.add(finding.allowed(key, PULUMIS_KEYS));
              }
            });
    if (yaml.root().get(CONFIG) instanceof ObjectNode config) {
      // Beside the check: what it measures is all of the file, written out.
      var tooLarge = CompletableFuture.supplyAsync(() -> EngineVariable.tooLarge(config));
      var read = StackConfig.check(config, key -> Encrypted.is(config.path(key)), ambiguities());
      tooLarge.join().ifPresent(findings::add);
      findings.addAll(read.findings());
      return new ConfigCheck(read.read(), findings);
    }
    if (hasConfig) {
      findings.add(Finding.error(CONFIG, "is not a map").allowed("the lab's keys below it"));
    } else if (findings.stream().noneMatch(each -> each.severity() == Severity.ERROR)) {
      findings.add(YamlTree.noConfig());
    }
    return new ConfigCheck(Optional.empty(), findings);
  }

  /** The lab's keys and values that YAML's readers do not agree on. */
  List<Finding> ambiguities() {
    // Values of other packages are not ours to judge.
    return yaml.ambiguities().stream()
        .map(StackFile::withoutConfig)
        .filter(each -> each.key().startsWith(StackConfig.PREFIX))
        .toList();
  }

  /** The value of a configuration key, as Pulumi reads it, its encrypted parts marked. */
  Optional<JsonNode> value(String key) {
    return Optional.ofNullable(yaml.root().path(CONFIG).get(key));
  }

  private static Finding withoutConfig(Finding finding) {
    var key = finding.key().startsWith(CONFIG + ".") ? finding.key().substring(7) : finding.key();
    return new Finding(finding.severity(), key, finding.given(), finding.wrong(), finding.remedy());
  }

  /**
   * Where a finding is, for the beginning of a message.
   *
   * @param name what the file is called there
   */
  public String place(String name, Finding finding) {
    var line = line(finding);
    return (line.isPresent() ? name + ":" + line.getAsInt() : name) + ": ";
  }

  /** The line that a finding is about, from 1; empty if it is about the file. */
  public OptionalInt line(Finding finding) {
    var own = yaml.line(finding.key());
    return own.isPresent() ? own : yaml.line(CONFIG + "." + finding.key());
  }
}
