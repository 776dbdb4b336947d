package starbase.talos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.machines.Role;
import starbase.net.DnsLabel;

/**
 * Strategic merge patches of Talos machine configs, each a list of documents. Previews and the
 * state show them in clear, so they must not contain secrets.
 *
 * @param all for every machine
 * @param controlPlane for control planes
 * @param worker for workers
 * @param nodes for one machine, by its name
 */
public record PatchesConfig(
    Optional<List<Map<String, Object>>> all,
    Optional<List<Map<String, Object>>> controlPlane,
    Optional<List<Map<String, Object>>> worker,
    Optional<Map<DnsLabel, List<Map<String, Object>>>> nodes) {
  /** Those for one machine, the most particular last. */
  public List<Map<String, Object>> of(DnsLabel machine, Role role) {
    return Stream.of(
            all.orElse(List.of()),
            (role == Role.CONTROL_PLANE ? controlPlane : worker).orElse(List.of()),
            nodes.orElse(Map.of()).getOrDefault(machine, List.of()))
        .flatMap(List::stream)
        .toList();
  }
}
