package starbase.waits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A cluster of a few objects, written as YAML. */
public final class FakeCluster implements ClusterReader {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final List<GenericKubernetesResource> objects = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private String lastLines = "";
  private Optional<KubernetesClientException> refusal = Optional.empty();

  /** Adds an object. */
  public FakeCluster has(String yaml) {
    objects.add(parsed(yaml, GenericKubernetesResource.class));
    return this;
  }

  /** Adds an event about the object with that uid. */
  FakeCluster told(String uid, String type, String reason, String message) {
    var event = new Event();
    event.setInvolvedObject(
        new io.fabric8.kubernetes.api.model.ObjectReferenceBuilder().withUid(uid).build());
    event.setType(type);
    event.setReason(reason);
    event.setMessage(message);
    event.setLastTimestamp("2026-01-01T00:00:%02dZ".formatted(events.size()));
    events.add(event);
    return this;
  }

  /** What containers wrote at last. */
  FakeCluster wrote(String lines) {
    lastLines = lines;
    return this;
  }

  /** Answers nothing any more but this. */
  public FakeCluster refuses(int code, String message) {
    refusal = Optional.of(new KubernetesClientException(message, code, null));
    return this;
  }

  @Override
  public Optional<GenericKubernetesResource> get(
      String apiVersion, String kind, String namespace, String name) {
    return list(apiVersion, kind, namespace).stream()
        .filter(object -> namespace(object).equals(namespace))
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }

  @Override
  public List<GenericKubernetesResource> list(String apiVersion, String kind, String namespace) {
    refusal.ifPresent(
        e -> {
          throw e;
        });
    return objects.stream()
        .filter(
            object ->
                object.getApiVersion().equals(apiVersion)
                    && object.getKind().equals(kind)
                    && (namespace.isEmpty() || namespace(object).equals(namespace)))
        .toList();
  }

  private static String namespace(GenericKubernetesResource object) {
    return Objects.toString(object.getMetadata().getNamespace(), "");
  }

  @Override
  public List<Pod> pods(String namespace, Map<String, String> labels) {
    return list("v1", "Pod", namespace).stream()
        .filter(pod -> pod.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
        .map(pod -> YAML.convertValue(pod, Pod.class))
        .toList();
  }

  @Override
  public List<Event> events(String namespace, String uid) {
    return events.stream().filter(event -> event.getInvolvedObject().getUid().equals(uid)).toList();
  }

  @Override
  public String lastLines(Pod pod, String container, boolean previous) {
    return lastLines;
  }

  @Override
  public void tryToCreate(GenericKubernetesResource object) {
    refusal.ifPresent(
        e -> {
          throw e;
        });
  }

  private static <T> T parsed(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
