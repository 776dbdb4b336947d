package starbase.tools.doctor;

import java.util.List;

/** Asks this machine's DNS. */
public interface Lookup {
  /** The addresses of a name; none if it has none. */
  List<String> addresses(String name);
}
