package starbase.stack.rules;

import java.util.List;
import starbase.findings.Finding;

/** Checks the plan in one subject. */
interface Rule {
  List<Finding> check(LabView plan);
}
