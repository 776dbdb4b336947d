package starbase.policies;

import java.util.List;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * The traffic that some pods are allowed.
 *
 * @param from the peers that may reach them, in addition to the Gateways
 * @param to the peers that they may reach, in addition to DNS
 * @param http the requests that may reach the port that routes lead to; default: all
 * @param backends Services of other tools that routes lead to and that select these pods
 */
public record AllowConfig(
    Optional<List<PeerConfig>> from,
    Optional<List<PeerConfig>> to,
    Optional<List<HttpAllow>> http,
    Optional<List<ForeignBackend>> backends) {
  /** Nothing more than is allowed anyway. */
  static final AllowConfig NOTHING =
      new AllowConfig(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /**
   * @throws IllegalArgumentException if someone is to get in whom Cilium can't know before, or no
   *     request at all gets through
   */
  public AllowConfig {
    var rules =
        new Rules()
            .require(
                http.map(its -> !its.isEmpty()).orElse(true),
                "http",
                "is empty",
                "at least one; leave it out for all requests");
    var peers = from.orElse(List.of());
    for (int i = 0; i < peers.size(); i++) {
      rules.require(
          !(peers.get(i) instanceof PeerConfig.Host),
          "from[" + i + "].kind",
          "is not supported for incoming requests",
          "pods, network or entity");
    }
    rules.enforce();
  }
}
