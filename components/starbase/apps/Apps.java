package starbase.apps;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.outputs.LoadBalancerIngress;
import com.pulumi.kubernetes.core.v1.outputs.ServiceStatus;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import starbase.Layer;
import starbase.kubernetes.CustomObject;
import starbase.net.DnsLabel;

/**
 * Ready when all workloads are rolled out and all routes are accepted with their backends found.
 */
public final class Apps extends Layer {
  private final Map<DnsLabel, Output<String>> serviceAddresses = new LinkedHashMap<>();

  /**
   * @param gatewayNamespaces the namespace of each Gateway, by the Gateway's name
   */
  public Apps(
      String name,
      Map<DnsLabel, AppConfig> config,
      Map<DnsLabel, DnsLabel> gatewayNamespaces,
      ComponentResourceOptions options) {
    super("starbase:apps:Apps", name, options);
    config.forEach(
        (app, its) ->
            new CustomObject(
                named(app.text()),
                Route.manifest(
                    app, its, Objects.requireNonNull(gatewayNamespaces.get(its.gateway()))),
                after(workload(app, its))));
    registerOutputs(Map.of());
  }

  /**
   * The address of each application's LoadBalancer Service, as the cluster says; empty while it has
   * none.
   */
  public Map<DnsLabel, Output<String>> serviceAddresses() {
    return Collections.unmodifiableMap(serviceAddresses);
  }

  private Resource[] workload(DnsLabel app, AppConfig config) {
    return config
        .workload()
        .map(
            workload -> {
              var deployment =
                  new Deployment(
                      named(app.text()), Workload.deployment(app, config, workload), after());
              var service =
                  new Service(
                      named(app.text()),
                      Workload.service(app, config, workload),
                      after(deployment));
              if (config.service().address().isPresent()) {
                serviceAddresses.put(app, service.status().applyValue(Apps::address));
              }
              return new Resource[] {deployment, service};
            })
        .orElseGet(() -> new Resource[0]);
  }

  private static String address(Optional<ServiceStatus> status) {
    return status
        .flatMap(ServiceStatus::loadBalancer)
        .flatMap(its -> its.ingress().stream().findFirst())
        .flatMap(LoadBalancerIngress::ip)
        .orElse("");
  }
}
