package starbase.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/** Findings counted and put in order. */
public final class Summary {
  /** From this number on, findings of the same mistake are reported as one. */
  private static final int MANY = 4;

  private Summary() {}

  /** For instance {@code the configuration has 2 problems and 1 warning}. */
  public static String of(List<Finding> findings) {
    long errors = findings.stream().filter(finding -> finding.severity() == Severity.ERROR).count();
    long warnings = findings.size() - errors;
    return "the configuration has "
        + counted(errors, "problem")
        + (warnings == 0 ? "" : " and " + counted(warnings, "warning"));
  }

  /** As {@link #together}, errors first; else in the order they were found. */
  public static List<Finding> sorted(List<Finding> findings) {
    return together(findings.stream().sorted(Comparator.comparing(Finding::severity)).toList());
  }

  /**
   * The findings in their order, with many of the same mistake joined into the first of them: a
   * renamed listener is one mistake, however many applications attach to it.
   */
  public static List<Finding> together(List<Finding> findings) {
    var groups = new LinkedHashMap<String, List<Finding>>();
    findings.forEach(
        each -> groups.computeIfAbsent(mistake(each), kind -> new ArrayList<>()).add(each));
    var all = new ArrayList<Finding>();
    var told = new HashSet<String>();
    for (var each : findings) {
      var mistake = mistake(each);
      var group = groups.getOrDefault(mistake, List.of());
      if (group.size() < MANY) {
        all.add(each);
      } else if (told.add(mistake)) {
        all.add(each.and(group.subList(1, group.size()).stream().map(Finding::key).toList()));
      }
    }
    return all;
  }

  /**
   * A text that is equal for findings that differ only in the entry of a map or a list and in its
   * value.
   */
  private static String mistake(Finding finding) {
    var key = finding.key().split("\\.", 3);
    var given = finding.given().map(text -> text.replaceAll("^\"|\"$", "")).orElse("");
    var wrong = finding.wrong() + "\n" + finding.remedy();
    for (var own : key.length < 2 ? List.of(given) : List.of(given, key[1])) {
      wrong = own.length() < 2 ? wrong : wrong.replace(own, "*");
    }
    return finding.severity()
        + key[0]
        + "\n"
        + (key.length < 3 ? "" : key[2].replaceAll("\\[\\d+]", "[]"))
        + "\n"
        + wrong;
  }

  /** For instance {@code 1 problem} or {@code 2 problems}. */
  public static String counted(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
