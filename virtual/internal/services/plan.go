package services

import (
	"net/netip"
	"slices"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

// plan is what a node has to answer for.
type plan struct {
	// addresses are the Services' own, which the node must have.
	addresses []netip.Addr
	// frontends lead to ready backends; a frontend without any isn't listed, so
	// that connecting to it is refused.
	frontends map[netip.AddrPort][]netip.AddrPort
}

func planFor(node netip.Addr, services []*corev1.Service, endpoints []*discoveryv1.EndpointSlice,
	loadBalancer func(*corev1.Service) []netip.Addr) plan {
	p := plan{frontends: map[netip.AddrPort][]netip.AddrPort{}}
	for _, service := range services {
		own := clusterAddresses(service)
		if loadBalancer != nil {
			own = append(own, loadBalancer(service)...)
		}
		p.addresses = append(p.addresses, own...)
		for _, port := range service.Spec.Ports {
			backends := ready(service, port, endpoints)
			if port.Protocol == corev1.ProtocolUDP || port.Protocol == corev1.ProtocolSCTP || len(backends) == 0 {
				continue
			}
			for _, address := range own {
				p.frontends[netip.AddrPortFrom(address, uint16(port.Port))] = backends
			}
			if port.NodePort != 0 {
				p.frontends[netip.AddrPortFrom(node, uint16(port.NodePort))] = backends
			}
		}
	}
	slices.SortFunc(p.addresses, netip.Addr.Compare)
	return p
}

func clusterAddresses(service *corev1.Service) (all []netip.Addr) {
	for _, text := range service.Spec.ClusterIPs {
		if address, err := netip.ParseAddr(text); err == nil && address.Is4() {
			all = append(all, address)
		}
	}
	return all
}

// ready are the ready endpoints of a Service's port, sorted, found by the
// port's name as in kube-proxy: slices hold the target port's number.
func ready(service *corev1.Service, port corev1.ServicePort, endpoints []*discoveryv1.EndpointSlice) (all []netip.AddrPort) {
	for _, slice := range endpoints {
		if slice.Namespace != service.Namespace || slice.Labels[discoveryv1.LabelServiceName] != service.Name ||
			slice.AddressType != discoveryv1.AddressTypeIPv4 {
			continue
		}
		for _, target := range slice.Ports {
			if target.Port == nil || value(target.Name) != port.Name {
				continue
			}
			for _, endpoint := range slice.Endpoints {
				all = append(all, backends(endpoint, uint16(*target.Port))...)
			}
		}
	}
	slices.SortFunc(all, netip.AddrPort.Compare)
	return slices.Compact(all)
}

// placeholder is the only endpoint of a Gateway's Service: the Cilium operator writes it so that agents take the Service
// for one with backends (cilium/cilium#19262). Nobody has the address; Envoy listens in place of the Service's ports.
var placeholder = netip.MustParseAddr("192.192.192.192")

// backends takes an unknown readiness for ready (EndpointConditions.ready).
func backends(endpoint discoveryv1.Endpoint, port uint16) (all []netip.AddrPort) {
	if ready := endpoint.Conditions.Ready; ready != nil && !*ready {
		return nil
	}
	for _, text := range endpoint.Addresses {
		if address, err := netip.ParseAddr(text); err == nil && address != placeholder {
			all = append(all, netip.AddrPortFrom(address, port))
		}
	}
	return all
}

// Given are the addresses that a load balancer or the user gave a Service: with it as Options.LoadBalancer a node takes
// packets for them all, whether or not it is the one that announces them, as Cilium does.
func Given(service *corev1.Service) (all []netip.Addr) {
	texts := slices.Clone(service.Spec.ExternalIPs)
	for _, ingress := range service.Status.LoadBalancer.Ingress {
		texts = append(texts, ingress.IP)
	}
	for _, text := range texts {
		// An ingress may have a name only.
		if address, err := netip.ParseAddr(text); err == nil && address.Is4() {
			all = append(all, address)
		}
	}
	return all
}

func value(name *string) string {
	if name == nil {
		return ""
	}
	return *name
}
