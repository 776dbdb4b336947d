package starbase.check;

import java.util.List;
import starbase.config.Finding;

/** What is asked of the plan in one subject. */
interface Rule {
  List<Finding> check(Plan plan);
}
