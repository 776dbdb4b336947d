package starbase.tools.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabStateTest {
  /** Deep stubs: nodes are asked for in two calls. */
  private final KubernetesClient client = mock(KubernetesClient.class, RETURNS_DEEP_STUBS);

  @Test
  void kindsThatAnOlderClusterDoesNotKnowAreNotAskedFor() {
    has(Gateway.class);
    has(HTTPRoute.class);
    has(Certificate.class);
    has(Service.class);
    when(client.nodes().list()).thenReturn(new NodeList());
    has(GRPCRoute.class, new GRPCRouteBuilder().withNewMetadata().endMetadata().build());
    when(client.supports(GRPCRoute.class)).thenReturn(true);

    var state = LabState.read(client);
    assertThat(state.grpcRoutes()).hasSize(1);
    assertThat(state.tlsRoutes()).isEmpty();
    verify(client, never()).resources(TLSRoute.class);
  }

  @Test
  void objectsOfAllNamespacesAreReadInTheOrderOfTheirNames() {
    has(Gateway.class, gateway("b", "x"), gateway("a", "z"), gateway("a", "y"));
    has(HTTPRoute.class);
    has(Certificate.class);
    has(Service.class);
    when(client.nodes().list()).thenReturn(new NodeList());

    assertThat(LabState.read(client).gateways())
        .extracting(LabState::name)
        .containsExactly("a/y", "a/z", "b/x");
  }

  @SafeVarargs
  @SuppressWarnings("unchecked")
  private <T extends HasMetadata> void has(Class<T> kind, T... objects) {
    var list = new DefaultKubernetesResourceList<T>();
    list.setItems(List.of(objects));
    MixedOperation<T, KubernetesResourceList<T>, Resource<T>> operation =
        mock(MixedOperation.class);
    AnyNamespaceOperation<T, KubernetesResourceList<T>, Resource<T>> everywhere =
        mock(AnyNamespaceOperation.class);
    when(client.resources(kind)).thenReturn(operation);
    when(operation.inAnyNamespace()).thenReturn(everywhere);
    when(everywhere.list()).thenReturn(list);
  }

  private static Gateway gateway(String namespace, String name) {
    return new GatewayBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .endMetadata()
        .build();
  }
}
