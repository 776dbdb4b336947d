package starbase.tools;

import com.pulumi.exceptions.RunException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.function.Function;
import starbase.waits.ClusterReader;

/** Reads from a cluster for all commands that do, with the same message if it fails. */
final class ClusterReading {
  private ClusterReading() {}

  /**
   * @param how reads what is wanted
   * @throws RunException if the cluster does not answer, or refuses
   */
  static <T> T read(KubernetesClient client, Function<KubernetesClient, T> how) {
    try {
      return how.apply(client);
    } catch (KubernetesClientException e) {
      throw new RunException(
          "%s cannot be read (%s); check the kubeconfig and that the cluster is up"
              .formatted(client.getMasterUrl(), ClusterReader.rootMessage(e)));
    }
  }
}
