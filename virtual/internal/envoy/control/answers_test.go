package control

import (
	"context"
	"testing"
	"time"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"github.com/envoyproxy/go-control-plane/pkg/resource/v3"
)

const stream = 1

// heard are answers that have seen a request for endpoints, and the response to it with the version "new" and the nonce "2".
func heard(t *testing.T, names ...string) *answers {
	t.Helper()
	a := newAnswers()
	talk := a.callbacks()
	if err := talk.OnStreamOpen(t.Context(), stream, ""); err != nil {
		t.Fatal(err)
	}
	request := &discovery.DiscoveryRequest{TypeUrl: resource.EndpointType, ResourceNames: names}
	if err := talk.OnStreamRequest(stream, request); err != nil {
		t.Fatal(err)
	}
	talk.OnStreamResponse(t.Context(), stream, request, &discovery.DiscoveryResponse{TypeUrl: resource.EndpointType, VersionInfo: "new", Nonce: "2"})
	return a
}

// awaited is how waiting for the endpoints of a cluster ends after Envoy has answered for those of the names.
func awaited(t *testing.T, a *answers, names ...string) error {
	t.Helper()
	answer := &discovery.DiscoveryRequest{TypeUrl: resource.EndpointType, ResponseNonce: "2", ResourceNames: names}
	if err := a.callbacks().OnStreamRequest(stream, answer); err != nil {
		t.Fatal(err)
	}
	return a.await(context.Background(), []want{{url: resource.EndpointType, version: "new", names: []string{"cluster"}}}, time.Millisecond)
}

func TestAnAnswerForWhatWasAskedForEndsTheWait(t *testing.T) {
	if err := awaited(t, heard(t, "cluster"), "cluster"); err != nil {
		t.Error(err)
	}
}

func TestEndpointsThatWereNotAskedForYetAreWaitedFor(t *testing.T) {
	if err := awaited(t, heard(t, "other"), "other", "cluster"); err == nil {
		t.Error("the response had no endpoints of the cluster")
	}
}

func TestAResponseThatCrossesTheFirstRequestForItsEndpointsIsAnsweredForThem(t *testing.T) {
	if err := awaited(t, heard(t), "cluster"); err != nil {
		t.Error(err)
	}
}

func TestEndpointsThatCameBeforeTheirClusterAreWaitedFor(t *testing.T) {
	if err := awaited(t, heard(t)); err == nil {
		t.Error("Envoy watched no cluster")
	}
}
