package starbase.stack.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import starbase.certs.AcmeDns01;
import starbase.certs.Certs;
import starbase.certs.InternalCa;
import starbase.certs.IssuerConfig;
import starbase.findings.Finding;
import starbase.kubernetes.CiliumNames;
import starbase.kubernetes.ObjectName;

/**
 * No object of the plan has the name of one that Kubernetes, Talos, Cilium, cert-manager or an
 * issuer makes: the plan would take it over or fail on it, and removing the plan's would delete it.
 */
final class OwnedNameRules {
  private static final String SYSTEM = "kube-system";
  private static final String CERT_MANAGER = Certs.NAMESPACE;

  /** Some kinds have no namespace. */
  private static final String NONE = "";

  /**
   * A name of the plan.
   *
   * @param key where it is given
   */
  private record Use(String key, ObjectName name) {}

  /**
   * Sources: kube-apiserver's own objects; Talos' pkg/machinery/constants and its CoreDNS
   * manifests; the templates of the charts cilium v1.20.2 and cert-manager v1.21.2.
   */
  private static final Map<String, List<ObjectName>> OWNERS =
      Map.of(
          "Kubernetes",
          List.of(
              new ObjectName("Service", "default", "kubernetes"),
              new ObjectName("Node", NONE, "localhost")),
          "Talos",
          List.of(
              new ObjectName("Service", SYSTEM, "kube-dns"),
              new ObjectName("Deployment", SYSTEM, "coredns"),
              new ObjectName("Secret", SYSTEM, "bootstrap-token")),
          "Cilium",
          List.of(
              new ObjectName("Namespace", NONE, "cilium-secrets"),
              new ObjectName("Service", SYSTEM, "cilium-agent"),
              new ObjectName("Service", SYSTEM, "cilium-envoy"),
              new ObjectName("Service", SYSTEM, "cilium-ingress"),
              new ObjectName("Service", SYSTEM, "clustermesh-apiserver"),
              new ObjectName("Service", SYSTEM, "hubble-metrics"),
              new ObjectName("Service", SYSTEM, "hubble-peer"),
              new ObjectName("Service", SYSTEM, "hubble-relay"),
              new ObjectName("Service", SYSTEM, "hubble-ui"),
              new ObjectName("Deployment", SYSTEM, "cilium-operator"),
              new ObjectName("Deployment", SYSTEM, "clustermesh-apiserver"),
              new ObjectName("Deployment", SYSTEM, "hubble-relay"),
              new ObjectName("Deployment", SYSTEM, "hubble-ui"),
              new ObjectName("Secret", SYSTEM, "cilium-ca"),
              new ObjectName("Secret", SYSTEM, "hubble-relay-client-certs"),
              new ObjectName("Secret", SYSTEM, "hubble-server-certs")),
          "cert-manager",
          List.of(
              new ObjectName("Service", CERT_MANAGER, "cert-manager"),
              new ObjectName("Service", CERT_MANAGER, "cert-manager-cainjector"),
              new ObjectName("Service", CERT_MANAGER, "cert-manager-webhook"),
              new ObjectName("Deployment", CERT_MANAGER, "cert-manager"),
              new ObjectName("Deployment", CERT_MANAGER, "cert-manager-cainjector"),
              new ObjectName("Deployment", CERT_MANAGER, "cert-manager-webhook"),
              new ObjectName("Secret", CERT_MANAGER, "cert-manager-webhook-ca")));

  private OwnedNameRules() {}

  static List<Finding> check(LabView plan) {
    var owners = owners(plan);
    return uses(plan).stream()
        .filter(use -> owners.containsKey(use.name()))
        .map(
            use ->
                Finding.error(
                        use.key(),
                        "would be %s, which belongs to %s"
                            .formatted(use.name(), owners.get(use.name())))
                    .allowed("another name"))
        .toList();
  }

  private static Map<ObjectName, String> owners(LabView plan) {
    var owners = new HashMap<ObjectName, String>();
    OWNERS.forEach((owner, names) -> names.forEach(name -> owners.put(name, owner)));
    plan.gateways()
        .forEach(
            (name, its) ->
                owners.put(
                    new ObjectName(
                        "Service", its.namespace().text(), CiliumNames.serviceOf(name.text())),
                    "Cilium"));
    plan.draft()
        .certs()
        .ifPresent(
            certs ->
                secrets(certs.issuer())
                    .forEach(
                        secret ->
                            owners.put(
                                new ObjectName("Secret", CERT_MANAGER, secret),
                                "issuer \"%s\"".formatted(certs.issuer().name()))));
    return owners;
  }

  /** What an issuer keeps in cert-manager's namespace, or finds there. */
  private static List<String> secrets(IssuerConfig issuer) {
    var secrets = new ArrayList<String>();
    if (issuer instanceof InternalCa) {
      secrets.add(issuer.name().text());
    }
    if (issuer instanceof AcmeDns01 acme) {
      secrets.add(acme.accountSecret());
      secrets.add(acme.solver().secret().text());
    }
    return secrets;
  }

  private static List<Use> uses(LabView plan) {
    var uses = new ArrayList<Use>();
    plan.draft()
        .namespaces()
        .orElse(Map.of())
        .keySet()
        .forEach(
            name ->
                uses.add(
                    new Use(
                        "starbase:namespaces." + name,
                        new ObjectName("Namespace", NONE, name.text()))));
    plan.machines()
        .keySet()
        .forEach(
            name ->
                uses.add(
                    new Use(
                        "starbase:machines." + name, new ObjectName("Node", NONE, name.text()))));
    plan.draft()
        .certs()
        .ifPresent(
            certs ->
                certs
                    .certificates()
                    .keySet()
                    .forEach(
                        name ->
                            uses.add(
                                new Use(
                                    "starbase:certs.certificates." + name,
                                    new ObjectName(
                                        "Secret",
                                        certs.issuer().namespace().text(),
                                        name.text())))));
    plan.apps()
        .forEach(
            (app, its) -> {
              var key = "starbase:apps." + app;
              var namespace = its.namespace().text();
              its.made(app)
                  .forEach(
                      (pods, made) -> {
                        var at =
                            pods.equals(app)
                                ? key
                                : key
                                    + ".variants."
                                    + pods.text().substring(app.text().length() + 1);
                        uses.add(new Use(at, new ObjectName("Deployment", namespace, pods.text())));
                        uses.add(
                            new Use(
                                at + ".service.name",
                                new ObjectName(
                                    "Service", namespace, made.service().name().text())));
                      });
            });
    return uses;
  }
}
