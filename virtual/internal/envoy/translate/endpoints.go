package translate

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	cluster "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpoint "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/types"
)

// endpointsOf is the name under which a cluster's endpoints are asked for; empty when it brings its own.
func endpointsOf(c *cluster.Cluster) string {
	if c.GetType() != cluster.Cluster_EDS {
		return ""
	}
	return c.GetEdsClusterConfig().GetServiceName()
}

// assignment has the backends of "namespace/service:port", where port is the Service's, by number or name. A Service
// that doesn't exist has none.
func assignment(name string, in Cluster) *endpoint.ClusterLoadAssignment {
	out := &endpoint.ClusterLoadAssignment{ClusterName: name}
	qualified, portText, _ := strings.Cut(name, ":")
	namespace, serviceName, _ := strings.Cut(qualified, "/")
	key := types.NamespacedName{Namespace: namespace, Name: serviceName}
	service := in.Services[key]
	if service == nil {
		return out
	}
	index := slices.IndexFunc(service.Spec.Ports, func(p corev1.ServicePort) bool {
		return p.Name == portText || strconv.Itoa(int(p.Port)) == portText
	})
	if index < 0 {
		return out
	}
	locality := &endpoint.LocalityLbEndpoints{}
	for _, backend := range Backends(in.Slices[key], service.Spec.Ports[index].Name) {
		locality.LbEndpoints = append(locality.LbEndpoints, &endpoint.LbEndpoint{HostIdentifier: &endpoint.LbEndpoint_Endpoint{
			Endpoint: &endpoint.Endpoint{Address: &core.Address{Address: &core.Address_SocketAddress{SocketAddress: &core.SocketAddress{
				Address: backend.Addr().String(), PortSpecifier: &core.SocketAddress_PortValue{PortValue: uint32(backend.Port())}}}}}}})
	}
	out.Endpoints = []*endpoint.LocalityLbEndpoints{locality}
	return out
}

// Backends are the addresses behind a Service's port of the given name, sorted: the ready ones, or where none is, those
// that still serve while they terminate (as Kubernetes' and Cilium's own proxies do).
func Backends(slicesOf []*discovery.EndpointSlice, portName string) []netip.AddrPort {
	var ready, terminating []netip.AddrPort
	for _, slice := range slicesOf {
		for _, port := range slice.Ports {
			if port.Port == nil || port.Name != nil && *port.Name != portName || port.Name == nil && portName != "" ||
				port.Protocol != nil && *port.Protocol != corev1.ProtocolTCP {
				continue
			}
			for _, e := range slice.Endpoints {
				is := e.Conditions
				for _, text := range e.Addresses {
					address, err := netip.ParseAddr(text)
					switch at := netip.AddrPortFrom(address, uint16(*port.Port)); {
					case err != nil:
					case is.Ready == nil || *is.Ready:
						ready = append(ready, at)
					case is.Serving != nil && *is.Serving && is.Terminating != nil && *is.Terminating:
						terminating = append(terminating, at)
					}
				}
			}
		}
	}
	if len(ready) == 0 {
		ready = terminating
	}
	slices.SortFunc(ready, func(a, b netip.AddrPort) int {
		return cmp.Or(a.Addr().Compare(b.Addr()), cmp.Compare(a.Port(), b.Port()))
	})
	return slices.Compact(ready)
}
