package control

import (
	"maps"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"

	"starbase.example/virtual/internal/envoy/translate"
)

// step is what Envoy is to have at one moment.
type step struct {
	translate.Resources
	// fed are the clusters that endpoints were sent for. A changed cluster waits until its endpoints come again, even if
	// they are the same, and they must come after it.
	fed map[string]*cluster.Cluster
	// holds says that Envoy can't answer yet: it acknowledges clusters when it has their endpoints.
	holds bool
}

// steps is the way from one set of resources to another: make before break. Clusters come first, then their endpoints;
// Envoy acknowledges the clusters when they are ready to be used. Then comes whatever routes to them, and at last the old
// ones go.
func steps(from, to translate.Resources) []step {
	clusters := step{Resources: from, fed: from.Clusters, holds: true}
	clusters.Clusters = both(from.Clusters, to.Clusters)
	endpoints := step{Resources: clusters.Resources, fed: clusters.Clusters}
	endpoints.Endpoints = both(from.Endpoints, to.Endpoints)
	routes := endpoints
	routes.Listeners = to.Listeners
	routes.Routes = both(from.Routes, to.Routes)
	routes.Secrets = both(from.Secrets, to.Secrets)
	return []step{clusters, endpoints, routes, {Resources: to, fed: to.Clusters}}
}

// first is the way of a control plane that knows nothing yet. Envoy may run already, with what an earlier one gave it: it
// must not be emptied in between. Endpoints are sent again when the clusters are on their way.
func first(to translate.Resources) []step {
	return []step{{Resources: to, holds: true}, {Resources: to, fed: to.Clusters}}
}

// both has the resources of both maps, the newer ones where they have the same name.
func both[R any](older, newer map[string]R) map[string]R {
	all := maps.Clone(older)
	maps.Copy(all, newer)
	return all
}
