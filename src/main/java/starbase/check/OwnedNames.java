package starbase.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import starbase.certs.AcmeDns01;
import starbase.certs.Certs;
import starbase.certs.InternalCa;
import starbase.certs.IssuerConfig;
import starbase.config.Finding;
import starbase.kubernetes.CiliumNames;

/**
 * No object of the plan has the name of one that Kubernetes, Talos, Cilium, cert-manager or an
 * issuer makes: the plan would take it over or fail on it, and removing the plan's would delete it.
 */
final class OwnedNames {
  private static final String SYSTEM = "kube-system";
  private static final String CERT_MANAGER = Certs.NAMESPACE;

  /** Some kinds have no namespace. */
  private static final String NONE = "";

  private record Name(String kind, String namespace, String name) {
    @Override
    public String toString() {
      return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
  }

  /**
   * A name of the plan.
   *
   * @param key where it is given
   */
  private record Use(String key, Name name) {}

  /**
   * Sources: kube-apiserver's own objects; Talos' pkg/machinery/constants and its CoreDNS
   * manifests; the templates of the charts cilium v1.20.2 and cert-manager v1.21.2.
   */
  private static final Map<String, List<Name>> OWNERS =
      Map.of(
          "Kubernetes",
          List.of(
              new Name("Service", "default", "kubernetes"), new Name("Node", NONE, "localhost")),
          "Talos",
          List.of(
              new Name("Service", SYSTEM, "kube-dns"),
              new Name("Deployment", SYSTEM, "coredns"),
              new Name("Secret", SYSTEM, "bootstrap-token")),
          "Cilium",
          List.of(
              new Name("Namespace", NONE, "cilium-secrets"),
              new Name("Service", SYSTEM, "cilium-agent"),
              new Name("Service", SYSTEM, "cilium-envoy"),
              new Name("Service", SYSTEM, "cilium-ingress"),
              new Name("Service", SYSTEM, "clustermesh-apiserver"),
              new Name("Service", SYSTEM, "hubble-metrics"),
              new Name("Service", SYSTEM, "hubble-peer"),
              new Name("Service", SYSTEM, "hubble-relay"),
              new Name("Service", SYSTEM, "hubble-ui"),
              new Name("Deployment", SYSTEM, "cilium-operator"),
              new Name("Deployment", SYSTEM, "clustermesh-apiserver"),
              new Name("Deployment", SYSTEM, "hubble-relay"),
              new Name("Deployment", SYSTEM, "hubble-ui"),
              new Name("Secret", SYSTEM, "cilium-ca"),
              new Name("Secret", SYSTEM, "hubble-relay-client-certs"),
              new Name("Secret", SYSTEM, "hubble-server-certs")),
          "cert-manager",
          List.of(
              new Name("Service", CERT_MANAGER, "cert-manager"),
              new Name("Service", CERT_MANAGER, "cert-manager-cainjector"),
              new Name("Service", CERT_MANAGER, "cert-manager-webhook"),
              new Name("Deployment", CERT_MANAGER, "cert-manager"),
              new Name("Deployment", CERT_MANAGER, "cert-manager-cainjector"),
              new Name("Deployment", CERT_MANAGER, "cert-manager-webhook"),
              new Name("Secret", CERT_MANAGER, "cert-manager-webhook-ca")));

  private OwnedNames() {}

  static List<Finding> check(Plan plan) {
    var owners = owners(plan);
    return uses(plan).stream()
        .filter(use -> owners.containsKey(use.name()))
        .map(
            use ->
                Finding.error(
                        use.key(),
                        "would be %s, which is %s's own"
                            .formatted(use.name(), owners.get(use.name())))
                    .allowed("another name"))
        .toList();
  }

  private static Map<Name, String> owners(Plan plan) {
    var owners = new HashMap<Name, String>();
    OWNERS.forEach((owner, names) -> names.forEach(name -> owners.put(name, owner)));
    plan.gateways()
        .forEach(
            (name, its) ->
                owners.put(
                    new Name("Service", its.namespace().text(), CiliumNames.serviceOf(name.text())),
                    "Cilium"));
    plan.draft()
        .certs()
        .ifPresent(
            certs ->
                secrets(certs.issuer())
                    .forEach(
                        secret ->
                            owners.put(
                                new Name("Secret", CERT_MANAGER, secret),
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

  private static List<Use> uses(Plan plan) {
    var uses = new ArrayList<Use>();
    plan.draft()
        .namespaces()
        .orElse(Map.of())
        .keySet()
        .forEach(
            name ->
                uses.add(
                    new Use(
                        "starbase:namespaces." + name, new Name("Namespace", NONE, name.text()))));
    plan.machines()
        .keySet()
        .forEach(
            name ->
                uses.add(
                    new Use("starbase:machines." + name, new Name("Node", NONE, name.text()))));
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
                                    new Name(
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
                        uses.add(new Use(at, new Name("Deployment", namespace, pods.text())));
                        uses.add(
                            new Use(
                                at + ".service.name",
                                new Name("Service", namespace, made.service().name().text())));
                      });
            });
    return uses;
  }
}
