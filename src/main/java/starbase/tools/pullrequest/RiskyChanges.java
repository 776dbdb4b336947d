package starbase.tools.pullrequest;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is not undone by another commit, or cuts people off meanwhile. */
final class RiskyChanges {
  private RiskyChanges() {}

  /** A sentence, in Markdown, for each change that reviewers must not overlook. */
  static List<String> in(List<Change> changes) {
    return changes.stream()
        .flatMap(change -> Stream.concat(loss(change).stream(), moves(change)))
        .toList();
  }

  private static Optional<String> loss(Change change) {
    if (change.kind() != Kind.DELETE && change.kind() != Kind.REPLACE) {
      return Optional.empty();
    }
    return consequence(change)
        .map(
            consequence ->
                "%s %s is **%sd**: %s"
                    .formatted(
                        change.urn().kind(),
                        CommentMarkdown.code(change.object()),
                        change.kind().text(),
                        consequence));
  }

  private static Optional<String> consequence(Change change) {
    var urn = change.urn();
    var type = urn.type();
    if (urn.layer().equals("talos")) {
      return ofTalos(urn.name());
    }
    if (type.startsWith("proxmoxve:") && type.endsWith(":VmLegacy")) {
      return Optional.of("the machine's disks go with it.");
    }
    if (gateway(type)) {
      return Optional.of("nothing answers at its address meanwhile.");
    }
    if (type.startsWith("kubernetes:cert-manager.io/") && type.endsWith(":Certificate")) {
      return Optional.of(
          "its listeners may be left without TLS, and clients that pinned its key must trust another.");
    }
    return ofTheCluster(change);
  }

  /** What takes with it more than it is itself. */
  private static Optional<String> ofTheCluster(Change change) {
    return switch (change.urn().type()) {
      case "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition" ->
          Optional.of(
              change.retained()
                  ? "it stays in the cluster, and nothing updates it any more."
                  : "every object of its kind goes with it, in all namespaces.");
      case "kubernetes:core/v1:Namespace" ->
          Optional.of("everything in it goes with it, volumes too.");
      case "kubernetes:helm.sh/v3:Release" ->
          change.urn().layer().equals("cilium")
              ? Optional.of("no pod has a network and nothing answers without it.")
              : Optional.empty();
      case "pulumi:providers:kubernetes" ->
          Optional.of("every object that goes through it is recreated.");
      default -> Optional.empty();
    };
  }

  /** The names are those that the layer gives its commands. */
  private static Optional<String> ofTalos(String name) {
    if (name.equals("talos-secrets") || name.equals("talos-key")) {
      return Optional.of("afterwards, nothing can access the cluster or its machines.");
    }
    return name.startsWith("talos-member-")
        ? Optional.of("the machine leaves the cluster, and Talos wipes its disk.")
        : Optional.empty();
  }

  private static Stream<String> moves(Change change) {
    if (!gateway(change.urn().type())) {
      return Stream.empty();
    }
    return change.fields().stream()
        .filter(field -> field.path().startsWith("spec.addresses"))
        .map(
            field ->
                "Gateway %s changes its **address**, %s → %s: every DNS record of its names must follow."
                    .formatted(
                        CommentMarkdown.code(change.object()),
                        CommentMarkdown.code(field.before()),
                        CommentMarkdown.code(field.after())));
  }

  private static boolean gateway(String type) {
    return type.startsWith("kubernetes:gateway.networking.k8s.io/") && type.endsWith(":Gateway");
  }
}
