package starbase.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import starbase.LabConfig;
import starbase.config.Problem;
import starbase.net.DnsLabel;

/** What of {@code starbase:dns} does not fit the rest of the lab. */
public final class DnsPlan {
  private DnsPlan() {}

  /** All problems; none without a {@code starbase:dns}. */
  public static List<Problem> problems(LabConfig lab) {
    var problems = new ArrayList<Problem>();
    lab.dns()
        .ifPresent(
            dns -> {
              for (int i = 0; i < dns.external().size(); i++) {
                unknown(lab, dns.external().get(i), "starbase:dns.external[%d]".formatted(i))
                    .ifPresent(problems::add);
              }
              dns.wildcard()
                  .flatMap(gateway -> unknown(lab, gateway, "starbase:dns.wildcard"))
                  .ifPresent(problems::add);
            });
    return List.copyOf(problems);
  }

  private static Optional<Problem> unknown(LabConfig lab, DnsLabel gateway, String key) {
    if (lab.gateways().containsKey(gateway)) {
      return Optional.empty();
    }
    var allowed =
        lab.gateways().keySet().stream()
            .map(DnsLabel::text)
            .sorted()
            .collect(Collectors.joining(", "));
    return Optional.of(
        new Problem(
            key,
            Optional.of("\"" + gateway + "\""),
            "is no Gateway of this lab; allowed: " + allowed));
  }
}
