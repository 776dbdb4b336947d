package starbase.kubernetes;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.ServicePatch;
import com.pulumi.kubernetes.core.v1.ServicePatchArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortPatchArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecPatchArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaPatchArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.Map;
import starbase.net.DnsLabel;
import starbase.net.Port;

/**
 * A fixed node port of a Service that somebody else makes and writes.
 *
 * <p>By server-side apply: this program owns one field of the Service and the other writer all
 * others. Whoever writes the Service without that field leaves it as it is; the API server sees to
 * that.
 *
 * @param namespace the Service's
 * @param service the Service's name
 * @param port the Service's port
 * @param nodePort the port at every node
 */
public record PinnedNodePort(DnsLabel namespace, String service, Port port, Port nodePort) {
  private static final String ANNOTATION = "starbase/pinned-for";

  /**
   * Pins the port.
   *
   * @param maker what tells the object that the Service was made for; a Service that was made anew
   *     has lost the port, and is pinned again because this has changed
   */
  public static Resource create(
      String resourceName,
      PinnedNodePort its,
      Output<String> maker,
      CustomResourceOptions options) {
    var metadata =
        ObjectMetaPatchArgs.builder()
            .namespace(its.namespace().text())
            .name(its.service())
            .annotations(
                maker.applyValue(
                    uid ->
                        Map.of(
                            ANNOTATION,
                            uid,
                            // The other writer may have taken the field over by writing it back.
                            "pulumi.com/patchForce",
                            "true")))
            .build();
    var port =
        ServicePortPatchArgs.builder()
            .port(its.port().number())
            .protocol("TCP")
            .nodePort(its.nodePort().number())
            .build();
    return new ServicePatch(
        resourceName,
        ServicePatchArgs.builder()
            .metadata(metadata)
            .spec(ServiceSpecPatchArgs.builder().ports(port).build())
            .build(),
        options);
  }
}
