package starbase.stack;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import starbase.findings.Finding;
import starbase.findings.InvalidConfig;
import starbase.findings.Severity;

/**
 * A configuration that was checked.
 *
 * @param read the lab, if each of its values is right by itself
 * @param findings all that was found
 */
public record ConfigCheck(Optional<LabConfig> read, List<Finding> findings) {
  /**
   * The lab, fit to be built.
   *
   * @throws InvalidConfig with all findings, if one of them is an error
   */
  public LabConfig lab() {
    return lab(finding -> "");
  }

  /**
   * The lab, fit to be built.
   *
   * @param place what is said before a finding: where it is
   * @throws InvalidConfig with all findings, if one of them is an error
   */
  public LabConfig lab(Function<Finding, String> place) {
    if (read.isEmpty() || findings.stream().anyMatch(each -> each.severity() == Severity.ERROR)) {
      throw new InvalidConfig(findings, place);
    }
    return read.get();
  }

  /** What may be meant. */
  public List<Finding> warnings() {
    return findings.stream().filter(each -> each.severity() == Severity.WARNING).toList();
  }
}
