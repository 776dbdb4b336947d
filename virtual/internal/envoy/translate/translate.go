// Package translate turns what the Cilium operator writes for a Gateway into what a stock Envoy understands. It is
// pure: objects in, Envoy's resources out; the same objects always give the same resources.
//
// The Cilium agent does this for its own build of Envoy (pkg/ciliumenvoyconfig in Cilium's repository), and its rules are
// followed here: names are prefixed with the configuration's own, references without a source are given one, ports are
// looked up in Services. Two things differ. The agent adds filters of Cilium's own (identity, network policy, access
// log), which no stock Envoy has: they are left out, so policies are not enforced. And it lets the kernel redirect a
// Service's traffic to a listener on a port of the agent's choice, where here Envoy listens at the Service's own
// addresses.
package translate

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpoint "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	tls "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Cluster is what a node's Envoy is configured from.
type Cluster struct {
	// Configs are the CiliumEnvoyConfigs for this node; where two want the same address, the first has it.
	Configs  []Config
	Services map[types.NamespacedName]*corev1.Service
	// Slices are the EndpointSlices of each Service.
	Slices map[types.NamespacedName][]*discovery.EndpointSlice
	// Secrets are those of the namespace that the operator copies to, by "namespace/name".
	Secrets map[string]*corev1.Secret
	// Node is the node's own address, where NodePorts answer.
	Node netip.Addr
}

// Resources are Envoy's, by name.
type Resources struct {
	Listeners map[string]*listener.Listener
	Routes    map[string]*route.RouteConfiguration
	Clusters  map[string]*cluster.Cluster
	Endpoints map[string]*endpoint.ClusterLoadAssignment
	Secrets   map[string]*tls.Secret
}

// Empty has no resources.
func Empty() Resources {
	return Resources{map[string]*listener.Listener{}, map[string]*route.RouteConfiguration{}, map[string]*cluster.Cluster{},
		map[string]*endpoint.ClusterLoadAssignment{}, map[string]*tls.Secret{}}
}

// Translate makes Envoy's resources. The problems are for people: each says what could not be served and why; everything
// else is served.
func Translate(in Cluster) (Resources, []string) {
	out := Empty()
	var problems []string
	taken := map[netip.AddrPort]string{}
	for _, config := range in.Configs {
		maps.Copy(out.Clusters, config.Clusters)
		for _, bound := range bind(config, in.Services, in.Node) {
			if owner, exists := taken[bound.at]; exists {
				problems = append(problems, fmt.Sprintf("%s can't listen at %s: %s does already", config.Name, bound.at, owner))
				continue
			}
			taken[bound.at] = config.Name.String()
			out.Listeners[bound.listener.Name] = bound.listener
		}
		maps.Copy(out.Listeners, config.Standing)
	}
	for _, l := range out.Listeners {
		refers := references(l)
		for _, config := range in.Configs {
			for _, name := range refers.routes {
				if r, exists := config.Routes[name]; exists {
					out.Routes[name] = r
				}
			}
		}
		problems = append(problems, secrets(refers.secrets, l.Name, in.Secrets, out.Secrets)...)
	}
	for _, c := range out.Clusters {
		if name := endpointsOf(c); name != "" {
			out.Endpoints[name] = assignment(name, in)
		}
		problems = append(problems, secrets(references(c).secrets, c.Name, in.Secrets, out.Secrets)...)
	}
	slices.Sort(problems)
	return out, slices.Compact(problems)
}
