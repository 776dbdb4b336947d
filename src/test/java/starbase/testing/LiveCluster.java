package starbase.testing;

import com.pulumi.test.Mocks;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Answers as a cluster would in which everything is ready at once. */
final class LiveCluster implements Mocks {
  @Override
  public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs resource) {
    var state = new HashMap<String, Object>(resource.inputs);
    if (resource.type.endsWith(":Release")) {
      state.put("status", Map.of("status", "deployed", "revision", 7));
    }
    if (resource.type.endsWith(":Gateway")) {
      var metadata = new HashMap<Object, Object>((Map<?, ?>) resource.inputs.get("metadata"));
      metadata.put("uid", "uid-of-" + resource.name);
      state.put("metadata", metadata);
    }
    if (resource.type.endsWith(":SecretPatch")) {
      state.put("data", Map.of("ca.crt", "cm9vdA==", "tls.key", "a2V5"));
    }
    if (resource.type.equals("pulumi:index:Stash")) {
      state.put("output", resource.inputs.get("input"));
    }
    if (resource.type.equals("command:local:Command")) {
      state.put("stdout", printed(resource));
      state.put("stderr", "");
    }
    return CompletableFuture.completedFuture(
        ResourceResult.of(Optional.of(resource.name + "-id"), state));
  }

  /** What a step of the layer talos prints: what is secret, encrypted with what it was handed. */
  private static String printed(ResourceArgs command) {
    var key = String.valueOf(command.inputs.get("stdin")).lines().findFirst().orElse("");
    return switch (command.name) {
      case "talos-secrets" -> OpenSsl.encrypt("the secrets bundle", key);
      case "talos-kubeconfig" -> OpenSsl.encrypt("the kubeconfig", key);
      case "talos-talosconfig" -> OpenSsl.encrypt("contexts: {starbase-lab: {}}", key);
      default -> "";
    };
  }
}
