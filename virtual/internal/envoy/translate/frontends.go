package translate

import (
	"fmt"
	"net/netip"
	"slices"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listener "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/wrapperspb"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
)

// Frontends are the addresses at which a node answers for a Service: its cluster IP, the addresses that a load balancer
// or the user gave it, and the node's own with the node port. Only the given ports of the Service count; none means all.
// They are sorted, without duplicates.
func Frontends(service *corev1.Service, ports []int32, node netip.Addr) []netip.AddrPort {
	addresses := slices.Concat(service.Spec.ClusterIPs, service.Spec.ExternalIPs)
	for _, ingress := range service.Status.LoadBalancer.Ingress {
		addresses = append(addresses, ingress.IP)
	}
	var found []netip.AddrPort
	for _, port := range service.Spec.Ports {
		if port.Protocol != corev1.ProtocolTCP && port.Protocol != "" || len(ports) > 0 && !slices.Contains(ports, port.Port) {
			continue
		}
		for _, text := range addresses {
			// "None" is a headless Service's; an ingress may have a name only.
			if address, err := netip.ParseAddr(text); err == nil && address.Is4() {
				found = append(found, netip.AddrPortFrom(address, uint16(port.Port)))
			}
		}
		if port.NodePort != 0 && node.IsValid() {
			found = append(found, netip.AddrPortFrom(node, uint16(port.NodePort)))
		}
	}
	slices.SortFunc(found, netip.AddrPort.Compare)
	return slices.Compact(found)
}

// bound is a listener at one address.
type bound struct {
	at       netip.AddrPort
	listener *listener.Listener
}

// bind makes a listener for each frontend of each redirected Service: one of many addresses would be replaced as a
// whole, with its connections, whenever one address comes or goes.
func bind(c Config, services map[types.NamespacedName]*corev1.Service, node netip.Addr) []bound {
	var all []bound
	for _, redirect := range c.Redirects {
		service, template := services[redirect.Service], c.Listeners[redirect.Listener]
		if service == nil || template == nil {
			continue
		}
		for _, at := range Frontends(service, redirect.Ports, node) {
			l := proto.Clone(template).(*listener.Listener)
			l.Name = fmt.Sprintf("%s@%s", template.Name, at)
			l.Address = &core.Address{Address: &core.Address_SocketAddress{SocketAddress: &core.SocketAddress{
				Address: at.Addr().String(), PortSpecifier: &core.SocketAddress_PortValue{PortValue: uint32(at.Port())}}}}
			// The node accepts packets for the address without having it.
			l.Freebind = wrapperspb.Bool(true)
			all = append(all, bound{at, l})
		}
	}
	return all
}
