package starbase.waits;

import static starbase.waits.StatusConditions.maps;
import static starbase.waits.StatusConditions.text;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import starbase.kubernetes.CiliumNames;

/** What objects beside one that is not ready say about it. */
final class Hints {
  private static final String CERT_MANAGER = "cert-manager.io/v1";
  private static final String ACME = "acme.cert-manager.io/v1";

  private final ClusterReader cluster;
  private final AddressHolders holders;

  Hints(ClusterReader cluster, AddressHolders holders) {
    this.cluster = cluster;
    this.holders = holders;
  }

  /**
   * All hints about an object that is not ready.
   *
   * @param address the address that it asks for, if it does
   */
  List<Verdict> about(GenericKubernetesResource object, Optional<String> address) {
    return switch (object.getKind()) {
      case "Gateway" ->
          Stream.concat(listeners(object).stream(), serviceOf(object, address).stream()).toList();
      case "Service" -> address(object, "", address).stream().toList();
      case "Certificate" -> requests(object);
      default -> List.of();
    };
  }

  /** What is said of a Gateway's listeners and is not as it should be. */
  private static List<Verdict> listeners(GenericKubernetesResource gateway) {
    var hints = new ArrayList<Verdict>();
    for (var listener : maps(gateway.get("status", "listeners"))) {
      for (var condition : maps(listener.get("conditions"))) {
        var good = "Conflicted".equals(condition.get("type")) ? "False" : "True";
        if (!good.equals(condition.get("status"))) {
          hints.add(
              prefixed("listener " + text(listener, "name"), StatusConditions.verdict(condition)));
        }
      }
    }
    return hints;
  }

  /** The Service that Cilium makes for a Gateway; its address is the Gateway's. */
  private Optional<Verdict> serviceOf(GenericKubernetesResource gateway, Optional<String> address) {
    var metadata = gateway.getMetadata();
    var name = CiliumNames.serviceOf(metadata.getName());
    return cluster
        .get("v1", "Service", metadata.getNamespace(), name)
        .flatMap(service -> address(service, "Service " + name, address));
  }

  private Optional<Verdict> address(
      GenericKubernetesResource service, String prefix, Optional<String> address) {
    return StatusConditions.find(StatusConditions.of(service), StatusConditions.ADDRESS_GRANTED)
        .filter(condition -> !"True".equals(condition.get("status")))
        .map(
            condition -> {
              var holder = address.flatMap(its -> holders.of(its, service));
              var verdict = StatusConditions.verdict(condition);
              return holder
                  .flatMap(its -> holders.givesBack(address.orElseThrow(), its))
                  .orElseGet(
                      () ->
                          prefixed(
                              prefix,
                              holder
                                  .map(its -> held(verdict, address.orElseThrow(), its))
                                  .orElse(verdict)));
            });
  }

  /** The newest request for a certificate, and with ACME the proofs that are under way for it. */
  private List<Verdict> requests(GenericKubernetesResource certificate) {
    var namespace = certificate.getMetadata().getNamespace();
    var name = certificate.getMetadata().getName();
    return cluster.list(CERT_MANAGER, "CertificateRequest", namespace).stream()
        .filter(request -> name.equals(annotation(request, "cert-manager.io/certificate-name")))
        .max(Comparator.comparing(request -> request.getMetadata().getCreationTimestamp()))
        .map(this::request)
        .orElse(List.of());
  }

  private List<Verdict> request(GenericKubernetesResource request) {
    var hints = new ArrayList<Verdict>();
    StatusConditions.find(StatusConditions.of(request), "Ready")
        .filter(condition -> !"True".equals(condition.get("status")))
        .ifPresent(
            condition ->
                hints.add(
                    new Verdict.NotYet(
                        "CertificateRequest %s: %s"
                            .formatted(
                                request.getMetadata().getName(),
                                StatusConditions.said(condition)))));
    for (var order : ownedBy(request, "Order")) {
      hints.addAll(reason(order));
      ownedBy(order, "Challenge").forEach(challenge -> hints.addAll(reason(challenge)));
    }
    return hints;
  }

  private List<GenericKubernetesResource> ownedBy(GenericKubernetesResource owner, String kind) {
    return cluster.list(ACME, kind, owner.getMetadata().getNamespace()).stream()
        .filter(
            object ->
                object.getMetadata().getOwnerReferences().stream()
                    .anyMatch(its -> its.getUid().equals(owner.getMetadata().getUid())))
        .toList();
  }

  private static List<Verdict> reason(GenericKubernetesResource object) {
    return object.get("status", "reason") instanceof String reason && !reason.isBlank()
        ? List.of(
            new Verdict.NotYet(
                "%s %s: %s".formatted(object.getKind(), object.getMetadata().getName(), reason)))
        : List.of();
  }

  private static String annotation(GenericKubernetesResource object, String key) {
    return Optional.ofNullable(object.getMetadata())
        .map(ObjectMeta::getAnnotations)
        .map(annotations -> text(Map.copyOf(annotations), key))
        .orElse("");
  }

  /** The same with the name of what has the address, which Cilium does not say. */
  private static Verdict held(Verdict verdict, String address, GenericKubernetesResource holder) {
    var held = "; %s has %s".formatted(ClusterReader.name(holder), address);
    return verdict.reworded(reason -> reason + held);
  }

  private static Verdict prefixed(String prefix, Verdict verdict) {
    return prefix.isEmpty() ? verdict : verdict.reworded(reason -> prefix + ": " + reason);
  }
}
