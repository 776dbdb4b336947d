package starbase.apps;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import starbase.layer.Layer;
import starbase.net.DnsLabel;

/**
 * Ready when all workloads are rolled out and all routes are accepted with their backends found.
 */
public final class Apps extends Layer {
  private final Map<DnsLabel, Output<String>> live = new LinkedHashMap<>();
  private final Output<Map<String, String>> serviceAddresses;

  public Apps(String name, AppsArgs args, ComponentResourceOptions options) {
    super("starbase:apps:Apps", name, args.waits(), options);
    args.apps()
        .forEach(
            (app, its) -> {
              var route = Route.manifest(app, its, args.parents().getOrDefault(app, List.of()));
              createObject(route, app.text(), args.gateways(), workloads(app, its));
            });
    this.serviceAddresses = byName(live);
    registerOutputs(Map.of("serviceAddresses", serviceAddresses));
  }

  /** The address of each LoadBalancer Service by its pods' name, once all have theirs. */
  public Output<Map<String, String>> serviceAddresses() {
    return serviceAddresses;
  }

  private Resource[] workloads(DnsLabel app, AppConfig config) {
    var made = new ArrayList<Resource>();
    config
        .made(app)
        .forEach(
            (pods, its) -> {
              var deployment =
                  new Deployment(
                      objectName(config.namespace().text(), pods.text()),
                      Workload.deployment(
                          pods,
                          config.namespace(),
                          its.workload(),
                          secret(pods, config.namespace(), its.workload())),
                      formerly(pods.text()));
              await(deployment, Workload.rolledOut(pods, config.namespace()));
              var service =
                  new Service(
                      objectName(config.namespace().text(), its.service().name().text()),
                      Workload.service(pods, config.namespace(), its.service(), its.workload()),
                      formerly(pods.text(), deployment));
              var status = await(service, Workload.reachable(config.namespace(), its.service()));
              its.service()
                  .address()
                  .ifPresent(
                      address -> live.put(pods, status.applyValue(any -> address.toString())));
              made.add(deployment);
              made.add(service);
            });
    return made.toArray(Resource[]::new);
  }

  /** The name of the Secret with the secret part of a workload's environment, if it has one. */
  private Optional<Output<String>> secret(
      DnsLabel pods, DnsLabel namespace, WorkloadConfig workload) {
    var values = workload.secrets();
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Secret(
                    // Pulumi makes the object's name of it, so without the slash of other objects.
                    named(pods + "-environment"), Workload.secret(pods, namespace, values), after())
                .metadata()
                // None of a Secret that was never made, when a half-made lab is destroyed.
                .applyValue(metadata -> metadata == null ? "" : metadata.name().orElse("")));
  }
}
