package l2

import (
	"cmp"
	"net/netip"
	"slices"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/types"
)

// class is the load balancer class of Services that are announced here; those without a class are too.
const class = "io.cilium/l2-announcer"

// Place is an address on an interface.
type Place struct {
	Interface string
	Address   netip.Addr
}

// Node is what policies look at.
type Node struct {
	Name       string
	Labels     map[string]string
	Interfaces []string
}

// Wanted are the Services for which a node stands for election, with the places it announces for each once elected,
// sorted. A Service that nothing is to be announced for is not in it. The rules are the agent's (pkg/l2announcer in
// Cilium's repository).
func Wanted(node Node, policies []Policy, services []*corev1.Service, endpoints []*discovery.EndpointSlice) map[types.NamespacedName][]Place {
	wanted := map[types.NamespacedName][]Place{}
	for _, service := range services {
		if given := service.Spec.LoadBalancerClass; given != nil && *given != class || !mayAnswer(node, service, endpoints) {
			continue
		}
		var places []Place
		for _, policy := range policies {
			if !policy.Nodes.Matches(labels.Set(node.Labels)) {
				continue
			}
			for _, address := range policy.addresses(service) {
				for _, name := range policy.interfaces(node.Interfaces) {
					places = append(places, Place{name, address})
				}
			}
		}
		slices.SortFunc(places, func(a, b Place) int {
			return cmp.Or(cmp.Compare(a.Interface, b.Interface), a.Address.Compare(b.Address))
		})
		if len(places) > 0 {
			wanted[types.NamespacedName{Namespace: service.Namespace, Name: service.Name}] = slices.Compact(places)
		}
	}
	return wanted
}

// mayAnswer refuses nodes without a ready backend of their own for Services that are served by local backends only.
func mayAnswer(node Node, service *corev1.Service, endpoints []*discovery.EndpointSlice) bool {
	if service.Spec.ExternalTrafficPolicy != corev1.ServiceExternalTrafficPolicyLocal {
		return true
	}
	return slices.ContainsFunc(endpoints, func(slice *discovery.EndpointSlice) bool {
		return slice.Namespace == service.Namespace && slice.Labels[discovery.LabelServiceName] == service.Name &&
			slices.ContainsFunc(slice.Endpoints, func(e discovery.Endpoint) bool {
				ready := e.Conditions.Ready == nil || *e.Conditions.Ready
				return ready && e.NodeName != nil && *e.NodeName == node.Name
			})
	})
}
