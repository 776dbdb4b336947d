package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import starbase.cilium.CiliumConfig;
import starbase.findings.Finding;
import starbase.gateways.Exposure;
import starbase.gateways.GatewayConfig;
import starbase.net.DnsLabel;
import starbase.net.Port;

/** Gateways that are reached at the nodes' own addresses do not get into each other's way. */
final class ExposureRules {
  private static final String SWITCH = "starbase:cilium.values.gatewayAPI.hostNetwork.enabled";

  private ExposureRules() {}

  static List<Finding> check(LabView plan) {
    var findings = new ArrayList<Finding>();
    var taken = new HashMap<Port, DnsLabel>();
    plan.gateways()
        .forEach(
            (name, gateway) -> {
              var key = "starbase:gateways." + name;
              gateway
                  .exposed()
                  .port()
                  .ifPresent(
                      port -> findings.addAll(once(taken, port, name, key + ".exposure.nodePort")));
              if (isAtHosts(gateway)) {
                gateway.listeners().stream()
                    .map(listener -> listener.port())
                    .distinct()
                    .forEach(port -> findings.addAll(once(taken, port, name, key + ".listeners")));
              }
            });
    plan.draft().cilium().ifPresent(cilium -> findings.addAll(hostNetwork(plan, cilium)));
    return findings;
  }

  private static List<Finding> once(
      Map<Port, DnsLabel> taken, Port port, DnsLabel name, String key) {
    var before = taken.putIfAbsent(port, name);
    return before == null
        ? List.of()
        : List.of(
            Finding.error(
                    key, "is already used by Gateway \"%s\" on the same nodes".formatted(before))
                .given(port.number())
                .allowed("a port of its own"));
  }

  /** Cilium puts all Gateways on the hosts' network or none. */
  private static List<Finding> hostNetwork(LabView plan, CiliumConfig cilium) {
    boolean on = isOn(cilium.values().orElse(Map.of()));
    var findings = new ArrayList<Finding>();
    plan.gateways()
        .forEach(
            (name, gateway) -> {
              if (on && !isAtHosts(gateway)) {
                findings.add(
                    Finding.error(
                            "starbase:gateways." + name,
                            "would be on the hosts' network: %s is true and applies to all Gateways"
                                .formatted(SWITCH))
                        .allowed("exposure: with kind: hostNetwork, or false for that value"));
              }
              if (!on && isAtHosts(gateway)) {
                findings.add(
                    Finding.error(
                            "starbase:gateways.%s.exposure.kind".formatted(name),
                            "needs Gateways on the hosts' network in Cilium's values")
                        .given("hostNetwork")
                        .allowed(SWITCH + ": true"));
              }
            });
    return findings;
  }

  private static boolean isOn(Map<String, Object> values) {
    return values.get("gatewayAPI") instanceof Map<?, ?> gatewayApi
        && gatewayApi.get("hostNetwork") instanceof Map<?, ?> hostNetwork
        && Boolean.TRUE.equals(hostNetwork.get("enabled"));
  }

  private static boolean isAtHosts(GatewayConfig gateway) {
    return gateway.exposed() instanceof Exposure.HostNetwork;
  }
}
