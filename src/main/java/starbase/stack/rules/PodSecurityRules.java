package starbase.stack.rules;

import java.util.List;
import starbase.findings.Finding;

/**
 * The pods of workloads are let into their namespaces. What this lab makes of a workload fits the
 * level baseline. It has no security context, which restricted asks for
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards): the image may run as root.
 */
final class PodSecurityRules {
  private static final String ENFORCE = "pod-security.kubernetes.io/enforce";
  private static final String RESTRICTED = "restricted";

  private PodSecurityRules() {}

  static List<Finding> check(LabView plan) {
    return plan.apps().entrySet().stream()
        .filter(app -> !app.getValue().made(app.getKey()).isEmpty())
        .filter(
            app ->
                plan.labels(app.getValue().namespace())
                    .map(labels -> RESTRICTED.equals(labels.get(ENFORCE)))
                    .orElse(false))
        .map(
            app ->
                Finding.warning(
                        "starbase:apps.%s.namespace".formatted(app.getKey()),
                        "rejects the pods of this workload if the image runs as root: it enforces the Pod Security level"
                            + " restricted")
                    .given(app.getValue().namespace())
                    .allowed(
                        "%s: baseline in starbase:namespaces.%s.labels, or a namespace without it"
                            .formatted(ENFORCE, app.getValue().namespace())))
        .toList();
  }
}
