package starbase.apps;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretKeySelectorArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.TCPSocketActionArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import starbase.kubernetes.Awaited;
import starbase.kubernetes.CiliumNames;
import starbase.kubernetes.WaitFor;
import starbase.net.DnsLabel;
import starbase.rules.MaybeSecret;

/** The objects of an application's workload, computed from its configuration. */
final class Workload {
  private Workload() {}

  /**
   * The secret part of a workload's environment. Pulumi gives it a name with an ending of its own:
   * other values make another Secret, whose new name restarts the pods, and the old one goes when
   * they no longer need it. So nothing that is computed from the values is written anywhere.
   */
  static SecretArgs secret(DnsLabel pods, DnsLabel namespace, Map<String, String> values) {
    return SecretArgs.builder()
        .metadata(ObjectMetaArgs.builder().namespace(namespace.text()).labels(labels(pods)).build())
        .stringData(Output.ofSecret(values))
        .build();
  }

  /**
   * @param pods what the pods are called
   * @param secret the name of the Secret with the secret part of its environment, if it has one
   */
  static DeploymentArgs deployment(
      DnsLabel pods, DnsLabel namespace, WorkloadConfig workload, Optional<Output<String>> secret) {
    var port = workload.port().number();
    var container =
        ContainerArgs.builder()
            .name(pods.text())
            .image(workload.image())
            .ports(ContainerPortArgs.builder().containerPort(port).build())
            .env(environment(workload, secret))
            .readinessProbe(
                ProbeArgs.builder()
                    .tcpSocket(TCPSocketActionArgs.builder().port(port).build())
                    .build())
            .build();
    return DeploymentArgs.builder()
        .metadata(
            metadata(pods.text(), namespace)
                .labels(labels(pods))
                .annotations(Awaited.notByTheProvider())
                .build())
        .spec(
            DeploymentSpecArgs.builder()
                .replicas(workload.replicas().orElse(1))
                .selector(LabelSelectorArgs.builder().matchLabels(labels(pods)).build())
                .template(
                    PodTemplateSpecArgs.builder()
                        .metadata(ObjectMetaArgs.builder().labels(labels(pods)).build())
                        .spec(PodSpecArgs.builder().containers(container).build())
                        .build())
                .build())
        .build();
  }

  static ServiceArgs service(
      DnsLabel pods, DnsLabel namespace, ServiceConfig service, WorkloadConfig workload) {
    var annotations = new TreeMap<>(Awaited.notByTheProvider());
    service
        .address()
        .ifPresent(address -> annotations.put(CiliumNames.ADDRESSES, address.toString()));
    return ServiceArgs.builder()
        .metadata(
            metadata(service.name().text(), namespace)
                .labels(labels(pods))
                .annotations(annotations)
                .build())
        .spec(
            ServiceSpecArgs.builder()
                .type(service.address().isPresent() ? "LoadBalancer" : "ClusterIP")
                .selector(labels(pods))
                .ports(
                    ServicePortArgs.builder()
                        .name("http")
                        .port(service.port().number())
                        .targetPort(workload.port().number())
                        .build())
                .build())
        .build();
  }

  /** Waits until all pods are there. */
  static Awaited rolledOut(DnsLabel pods, DnsLabel namespace) {
    return Awaited.of(
        "apps/v1", "Deployment", namespace.text(), pods.text(), new WaitFor.RolledOut());
  }

  /**
   * Waits until a Service has the address that it asks for; its pods are ready before it is made.
   */
  static Awaited reachable(DnsLabel namespace, ServiceConfig service) {
    return Awaited.of(
        "v1",
        "Service",
        namespace.text(),
        service.name().text(),
        service
            .address()
            .map(
                address ->
                    new WaitFor.FirstAddress("loadBalancer.ingress", "ip", address.toString()))
            .stream()
            .toArray(WaitFor[]::new));
  }

  private static ObjectMetaArgs.Builder metadata(String name, DnsLabel namespace) {
    return ObjectMetaArgs.builder().name(name).namespace(namespace.text());
  }

  private static Map<String, String> labels(DnsLabel pods) {
    return Map.of("app.kubernetes.io/name", pods.text());
  }

  private static List<EnvVarArgs> environment(
      WorkloadConfig workload, Optional<Output<String>> secret) {
    return workload.environment().orElse(Map.of()).entrySet().stream()
        .map(entry -> variable(entry.getKey(), entry.getValue(), secret))
        .toList();
  }

  private static EnvVarArgs variable(
      String name, MaybeSecret value, Optional<Output<String>> secret) {
    var variable = EnvVarArgs.builder().name(name);
    if (!value.secret()) {
      return variable.value(value.text()).build();
    }
    var reference = SecretKeySelectorArgs.builder().name(secret.orElseThrow()).key(name).build();
    return variable.valueFrom(EnvVarSourceArgs.builder().secretKeyRef(reference).build()).build();
  }
}
