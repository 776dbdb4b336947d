package starbase;

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
import starbase.config.Finding;
import starbase.config.YamlTree;

/** A stack file, checked. Here the lines of keys are known; inside Pulumi they are not. */
public final class StackFile {
  private static final String CONFIG = "config";

  /** Below a key, what its value became when it was encrypted. */
  private static final String ENCRYPTED = "secure";

  /** What Pulumi keeps in a stack file (its type ProjectStack). */
  private static final List<String> PULUMIS_KEYS =
      List.of(CONFIG, "encryptedkey", "encryptionsalt", "environment", "secretsprovider");

  private final YamlTree yaml;
  private final Checked checked;

  private StackFile(YamlTree yaml, Checked checked) {
    this.yaml = yaml;
    this.checked = checked;
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
      throw new RunException(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      throw new RunException(file + ": is not a text in UTF-8");
    } catch (IOException e) {
      throw new RunException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** Checks the text of a stack file. */
  public static StackFile parse(String text) {
    var yaml = YamlTree.parse(text);
    if (yaml.root().isEmpty() && !yaml.findings().isEmpty()) {
      return new StackFile(yaml, new Checked(Optional.empty(), yaml.findings()));
    }
    var findings = new ArrayList<Finding>();
    yaml.findings().stream().map(StackFile::withoutConfig).forEach(findings::add);
    yaml.root()
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!PULUMIS_KEYS.contains(key)) {
                findings.add(
                    Finding.warning(key, "is no key of a stack file").allowed(key, PULUMIS_KEYS));
              }
            });
    if (yaml.root().get(CONFIG) instanceof ObjectNode config) {
      findings.addAll(keys(config));
      var checked = StackConfig.check(config, key -> config.path(key).has(ENCRYPTED));
      findings.addAll(checked.findings());
      return new StackFile(yaml, new Checked(checked.read(), findings));
    }
    findings.add(Finding.error(CONFIG, "is no map").allowed("the lab's keys below it"));
    return new StackFile(yaml, new Checked(Optional.empty(), findings));
  }

  private static List<Finding> keys(ObjectNode config) {
    var findings = new ArrayList<Finding>();
    for (var key : (Iterable<String>) config::fieldNames) {
      int colon = key.indexOf(':');
      if (colon < 0) {
        findings.add(
            Finding.error(key, "is no key of a configuration")
                .allowed(key.isEmpty() ? "package:name" : StackConfig.PREFIX + key));
      } else if (!key.startsWith(StackConfig.PREFIX)
          && key.substring(0, colon).equalsIgnoreCase("starbase")) {
        findings.add(
            Finding.error(key, "is not of this project")
                .allowed(StackConfig.PREFIX + key.substring(colon + 1)));
      }
    }
    return findings;
  }

  private static Finding withoutConfig(Finding finding) {
    var key = finding.key().startsWith(CONFIG + ".") ? finding.key().substring(7) : finding.key();
    return new Finding(finding.severity(), key, finding.given(), finding.wrong(), finding.remedy());
  }

  /** What came of it. */
  public Checked checked() {
    return checked;
  }

  /** The line that a finding is about, from 1; empty if it is about the file. */
  public OptionalInt line(Finding finding) {
    var own = yaml.line(finding.key());
    return own.isPresent() ? own : yaml.line(CONFIG + "." + finding.key());
  }
}
