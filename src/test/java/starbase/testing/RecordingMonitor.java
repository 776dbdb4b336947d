package starbase.testing;

import com.pulumi.resources.Resource;
import com.pulumi.test.Mocks;
import com.pulumi.test.internal.MockMonitor;
import com.pulumi.test.internal.PulumiTestInternal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import pulumirpc.Resource.RegisterResourceRequest;
import pulumirpc.Resource.RegisterResourceResponse;

/**
 * Keeps the requests that the engine would have got: the SDK's own mocks see no parents or order.
 */
final class RecordingMonitor extends MockMonitor {
  private final List<RegisterResourceRequest> requests = new CopyOnWriteArrayList<>();

  RecordingMonitor(Mocks mocks) {
    super(mocks, PulumiTestInternal.mockLog());
  }

  List<RegisterResourceRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public CompletableFuture<RegisterResourceResponse> registerResourceAsync(
      Resource resource, RegisterResourceRequest request) {
    requests.add(request);
    return super.registerResourceAsync(resource, request);
  }
}
