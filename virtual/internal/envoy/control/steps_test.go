package control

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpoint "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	"github.com/envoyproxy/go-control-plane/pkg/resource/v3"
	"google.golang.org/protobuf/types/known/durationpb"

	"starbase.example/virtual/internal/envoy/translate"
)

// routed has one route configuration that leads to the cluster, which has endpoints of the same name.
func routed(to string) translate.Resources {
	r := translate.Empty()
	r.Clusters[to] = &cluster.Cluster{Name: to}
	r.Endpoints[to] = &endpoint.ClusterLoadAssignment{ClusterName: to}
	r.Routes["routes"] = &route.RouteConfiguration{Name: "routes", VirtualHosts: []*route.VirtualHost{{Name: to}}}
	return r
}

func TestAClusterIsReadyBeforeTheRouteToItAndGoesAfterTheLast(t *testing.T) {
	var lines []string
	for _, s := range steps(routed("old"), routed("new")) {
		lines = append(lines, fmt.Sprint("clusters ", slices.Sorted(maps.Keys(s.Clusters)), ", endpoints ", slices.Sorted(maps.Keys(s.Endpoints)),
			", routed to ", s.Routes["routes"].VirtualHosts[0].Name))
	}
	want := `clusters [new old], endpoints [old], routed to old
clusters [new old], endpoints [new old], routed to old
clusters [new old], endpoints [new old], routed to new
clusters [new], endpoints [new], routed to new`
	if got := strings.Join(lines, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func versions(s step) map[string]string {
	all := map[string]string{}
	for _, k := range kinds(s) {
		all[k.url] = k.version
	}
	return all
}

func TestNothingIsSentForWhatDidNotChange(t *testing.T) {
	same := routed("old")
	before := versions(step{Resources: same, fed: same.Clusters})
	for i, s := range steps(same, routed("old")) {
		if got := versions(s); !maps.Equal(got, before) {
			t.Errorf("step %d: got %v, want %v", i, got, before)
		}
	}
}

func TestAChangedClusterGetsItsEndpointsAgainAfterIt(t *testing.T) {
	from, to := routed("old"), routed("old")
	to.Clusters["old"] = &cluster.Cluster{Name: "old", ConnectTimeout: durationpb.New(1)}
	all := steps(from, to)
	before, first, second := versions(step{Resources: from, fed: from.Clusters}), versions(all[0]), versions(all[1])
	if first[resource.ClusterType] == before[resource.ClusterType] || first[resource.EndpointType] != before[resource.EndpointType] {
		t.Error("the first step must send the cluster and not the endpoints")
	}
	if second[resource.ClusterType] != first[resource.ClusterType] || second[resource.EndpointType] == first[resource.EndpointType] {
		t.Error("the second step must send the endpoints and not the cluster")
	}
}
