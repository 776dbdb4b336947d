package starbase.cilium;

import java.util.Map;

/** Encryption of traffic between nodes. */
public sealed interface EncryptionConfig {
  /** What the chart is told. */
  Map<String, Object> values();

  /** No encryption. */
  record None() implements EncryptionConfig {
    @Override
    public Map<String, Object> values() {
      return Map.of("encryption", Map.of("enabled", false));
    }
  }

  /** Encrypts all traffic between pods on different nodes, by WireGuard in the kernel. */
  record WireGuard() implements EncryptionConfig {
    @Override
    public Map<String, Object> values() {
      return Map.of("encryption", Map.of("enabled", true, "type", "wireguard"));
    }
  }

  /**
   * Mutual TLS between the workloads of namespaces with the label {@code
   * io.cilium/mtls-enabled=true}, by a ztunnel on each node. Beta in Cilium 1.20.
   */
  record Ztunnel() implements EncryptionConfig {
    @Override
    public Map<String, Object> values() {
      return Map.of("encryption", Map.of("enabled", true, "type", "ztunnel"));
    }
  }
}
