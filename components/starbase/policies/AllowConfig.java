package starbase.policies;

import java.util.List;
import java.util.Optional;
import starbase.rules.Rules;

/**
 * What some pods are allowed.
 *
 * @param from who may reach them, besides the Gateways
 * @param to whom they may reach, besides DNS
 * @param http only these requests get through to the port that routes lead to; all if left out
 * @param backends Services of somebody else's that routes lead to and that these pods are behind
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
