package starbase.stack.rules;

import java.util.Map;
import java.util.Optional;
import starbase.apps.AppConfig;
import starbase.certs.CertsConfig;
import starbase.cilium.CiliumConfig;
import starbase.dns.DnsConfig;
import starbase.gatewayapi.GatewayApiConfig;
import starbase.gateways.GatewayConfig;
import starbase.kubernetes.ClusterConfig;
import starbase.machines.MachineConfig;
import starbase.machines.MachineSettings;
import starbase.namespaces.NamespaceConfig;
import starbase.net.DnsLabel;
import starbase.net.Hostname;
import starbase.net.NetworkConfig;
import starbase.policies.PoliciesConfig;
import starbase.proxmox.ProxmoxConfig;
import starbase.talos.TalosConfig;

/**
 * What there is of a lab while some of its values may still be wrong: each layer as in {@code
 * LabConfig}, or nothing. So the plan is checked in the same run, and all is found at once.
 */
public record PartialLabConfig(
    Optional<NetworkConfig> network,
    Optional<ClusterConfig> cluster,
    Optional<Map<DnsLabel, MachineConfig>> machines,
    Optional<MachineSettings> machineDefaults,
    Optional<ProxmoxConfig> proxmox,
    Optional<TalosConfig> talos,
    Optional<Map<DnsLabel, NamespaceConfig>> namespaces,
    Optional<GatewayApiConfig> gatewayApi,
    Optional<CiliumConfig> cilium,
    Optional<CertsConfig> certs,
    Optional<PoliciesConfig> policies,
    Optional<Map<DnsLabel, GatewayConfig>> gateways,
    Optional<Map<DnsLabel, AppConfig>> apps,
    Optional<DnsConfig> dns,
    Optional<Hostname> suffix) {}
