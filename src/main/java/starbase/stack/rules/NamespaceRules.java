package starbase.stack.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import starbase.certs.Certs;
import starbase.findings.Finding;
import starbase.net.DnsLabel;

/** What is put into a namespace finds it made. */
final class NamespaceRules {
  private static final String KEY = "starbase:namespaces";

  /** In every cluster from its start. */
  private static final Set<String> KUBERNETES_OWN =
      Set.of("default", "kube-node-lease", "kube-public", "kube-system");

  private static final DnsLabel CERT_MANAGER = new DnsLabel(Certs.NAMESPACE);

  private NamespaceRules() {}

  static List<Finding> check(LabView plan) {
    var made = plan.draft().namespaces();
    if (made.isEmpty()) {
      return List.of();
    }
    var findings = new ArrayList<Finding>();
    var known = made.get().keySet();
    for (var namespace : known) {
      if (KUBERNETES_OWN.contains(namespace.text())) {
        findings.add(
            Finding.error(
                    KEY + "." + namespace,
                    "belongs to Kubernetes, and would be deleted with the lab")
                .allowed(
                    "namespaces of the lab; those of Kubernetes can be used without an entry"));
      }
    }
    if (plan.intact(KEY) && plan.draft().certs().isPresent() && !known.contains(CERT_MANAGER)) {
      findings.add(
          Finding.error(KEY, "has no entry for cert-manager's namespace")
              .allowed("cert-manager: {} below it"));
    }
    plan.draft()
        .certs()
        .ifPresent(
            its ->
                need(
                    plan,
                    known,
                    "starbase:certs.issuer.namespace",
                    its.issuer().namespace(),
                    findings));
    plan.gateways()
        .forEach(
            (name, its) ->
                need(
                    plan,
                    known,
                    "starbase:gateways.%s.namespace".formatted(name),
                    its.namespace(),
                    findings));
    plan.production()
        .keySet()
        .forEach(
            namespace ->
                need(
                    plan, known, "starbase:policies.production." + namespace, namespace, findings));
    plan.apps()
        .forEach(
            (name, its) ->
                need(
                    plan,
                    known,
                    "starbase:apps.%s.namespace".formatted(name),
                    its.namespace(),
                    findings));
    return findings;
  }

  /** Whether all others need what runs there. */
  static boolean isTheSystems(DnsLabel namespace) {
    return namespace.equals(CERT_MANAGER)
        || (KUBERNETES_OWN.contains(namespace.text()) && !namespace.text().equals("default"));
  }

  private static void need(
      LabView plan, Set<DnsLabel> known, String key, DnsLabel namespace, List<Finding> findings) {
    if (!known.contains(namespace)
        && !KUBERNETES_OWN.contains(namespace.text())
        && plan.intact(KEY)) {
      findings.add(
          Finding.error(key, "is not defined in " + KEY)
              .given(namespace)
              .allowed(namespace.text(), Names.sorted(known)));
    }
  }
}
