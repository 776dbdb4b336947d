package starbase.waits;

import io.fabric8.kubernetes.api.Pluralize;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.File;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import starbase.kubernetes.Access;

/** A cluster, read through its API. */
final class ApiReader implements ClusterReader {
  private static final int TIMEOUT_MS = 10_000;
  private static final int TRIES = 3;
  private static final int LINES = 3;
  private static final int LONGEST = 1_000;

  private final KubernetesClient client;

  private ApiReader(KubernetesClient client) {
    this.client = client;
  }

  /** For one who looks again after a failure: each request is made once. */
  static ClusterReader asking(Access access) {
    return reached(access, 1);
  }

  /** For one who looks once: a request that gets no answer is repeated. */
  static ClusterReader insisting(Access access) {
    return reached(access, TRIES);
  }

  private static ClusterReader reached(Access access, int tries) {
    var config =
        new ConfigBuilder(config(access))
            .withConnectionTimeout(TIMEOUT_MS)
            .withRequestTimeout(TIMEOUT_MS)
            .withRequestRetryBackoffLimit(tries - 1)
            .build();
    return new ApiReader(new KubernetesClientBuilder().withConfig(config).build());
  }

  private static Config config(Access access) {
    if (access instanceof Access.Kubeconfig its) {
      return Config.fromKubeconfig(its.text());
    }
    var local = (Access.Local) access;
    return local
        .path()
        .map(path -> Config.fromKubeconfig(local.context().orElse(null), new File(path)))
        .orElseGet(() -> Config.autoConfigure(local.context().orElse(null)));
  }

  @Override
  public Optional<GenericKubernetesResource> get(
      String apiVersion, String kind, String namespace, String name) {
    var all = client.genericKubernetesResources(kind(apiVersion, kind, !namespace.isEmpty()));
    return Optional.ofNullable(
        namespace.isEmpty()
            ? all.withName(name).get()
            : all.inNamespace(namespace).withName(name).get());
  }

  @Override
  public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
    var all = client.genericKubernetesResources(kind(apiVersion, kind, !namespace.isEmpty()));
    try {
      return (namespace.isEmpty() ? all.list() : all.inNamespace(namespace).list()).getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public List<Pod> pods(String namespace, Map<String, String> labels) {
    return client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
  }

  @Override
  public List<Event> events(String namespace, String uid) {
    return client
        .v1()
        .events()
        .inNamespace(namespace)
        .withField("involvedObject.uid", uid)
        .list()
        .getItems();
  }

  @Override
  public String lastLines(Pod pod, String container, boolean previous) {
    var its =
        client
            .pods()
            .inNamespace(pod.getMetadata().getNamespace())
            .withName(pod.getMetadata().getName())
            .inContainer(container);
    try {
      var text =
          previous
              ? its.terminated().tailingLines(LINES).getLog()
              : its.tailingLines(LINES).getLog();
      var last = Objects.toString(text, "").strip();
      return last.length() <= LONGEST ? last : "…" + last.substring(last.length() - LONGEST);
    } catch (KubernetesClientException e) {
      return ""; // The kubelet may not answer, or have dropped it; the exit code says enough.
    }
  }

  @Override
  public void tryToCreate(GenericKubernetesResource object) {
    client
        .genericKubernetesResources(kind(object.getApiVersion(), object.getKind(), true))
        .inNamespace(object.getMetadata().getNamespace())
        .resource(object)
        .dryRun()
        .create();
  }

  /** Without asking the cluster what kinds it knows, which would be a request each time. */
  private static ResourceDefinitionContext kind(
      String apiVersion, String kind, boolean namespaced) {
    var slash = apiVersion.indexOf('/');
    return new ResourceDefinitionContext.Builder()
        .withGroup(slash < 0 ? "" : apiVersion.substring(0, slash))
        .withVersion(apiVersion.substring(slash + 1))
        .withKind(kind)
        .withPlural(Pluralize.toPlural(kind.toLowerCase(Locale.ROOT)))
        .withNamespaced(namespaced)
        .build();
  }
}
