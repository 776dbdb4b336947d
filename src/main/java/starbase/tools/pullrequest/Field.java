package starbase.tools.pullrequest;

/**
 * One field that changes.
 *
 * @param path where it is, as in {@code spec.hostnames[0]}
 * @param before its value; empty if there was none
 * @param after the value that it gets; empty if there is none any more
 */
record Field(String path, String before, String after) {}
