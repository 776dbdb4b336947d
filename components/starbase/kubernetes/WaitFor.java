package starbase.kubernetes;

import java.util.Map;

/** What has to hold of an object for it to be ready. */
public sealed interface WaitFor {
  /**
   * A status condition has that status, for the object's present generation where it says which.
   *
   * @param type the condition's type, for instance Programmed
   * @param status True, False or Unknown
   */
  record Condition(String type, String status) implements WaitFor {}

  /**
   * Each parent that a route names says True of a condition of that type, for the route's present
   * generation. A route has its conditions in {@code status.parents[]}, one list a parent.
   *
   * @param type the condition's type, for instance Accepted
   */
  record ParentCondition(String type) implements WaitFor {}

  /**
   * The status names an address.
   *
   * @param list the field of the status that holds the addresses, with dots
   * @param field the field of an entry that holds the address itself
   * @param address the first address of that list
   */
  record FirstAddress(String list, String field, String address) implements WaitFor {}

  /** All pods of a Deployment, DaemonSet or StatefulSet are of its newest form and available. */
  record RolledOut() implements WaitFor {}

  /** All Deployments, DaemonSets and StatefulSets of a Helm release are rolled out. */
  record ReleaseRolledOut() implements WaitFor {}

  /**
   * The API server would make such an object: its webhooks answer. The object is not made.
   *
   * @param tree the object
   */
  record Creatable(Map<String, Object> tree) implements WaitFor {}

  /** A status condition of that type is True. */
  static WaitFor condition(String type) {
    return new Condition(type, "True");
  }

  /** A status condition of that type has that status, for instance Unknown. */
  static WaitFor condition(String type, String status) {
    return new Condition(type, status);
  }

  /** Each parent of a route says True of a condition of that type. */
  static WaitFor parentCondition(String type) {
    return new ParentCondition(type);
  }
}
