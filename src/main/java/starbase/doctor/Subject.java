package starbase.doctor;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import java.time.Instant;
import java.util.Optional;

/**
 * What is examined.
 *
 * @param way how the cluster's objects send the target, if they know its name
 * @param given the address that the person wants to go to without DNS
 * @param now when the cluster was read
 */
record Subject(
    Target target, Cluster cluster, Optional<Way> way, Optional<String> given, Instant now) {
  static Subject of(Target target, Cluster cluster, Optional<String> given, Instant now) {
    return new Subject(target, cluster, Way.of(target, cluster), given, now);
  }

  /** The way, for the steps behind the one that has seen to it that there is one. */
  Way itsWay() {
    return way.orElseThrow();
  }

  Listener listener() {
    return itsWay().listener().orElseThrow();
  }

  HTTPRoute route() {
    return itsWay().route().orElseThrow();
  }

  /** Where the request goes to. */
  String address() {
    return itsWay().address().orElseThrow();
  }
}
