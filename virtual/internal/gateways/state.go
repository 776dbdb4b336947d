// Package gateways reads from a cluster what its clients outside need to know: where its Gateways are, which names they
// serve and with which certificates.
package gateways

import (
	"net/netip"
	"slices"

	"k8s.io/apimachinery/pkg/api/meta"
	"k8s.io/apimachinery/pkg/types"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
)

// State is all Gateways and routes of a cluster, in no particular order.
type State struct {
	Gateways []Gateway
	Routes   []Route
}

// Gateway is one of them.
type Gateway struct {
	Name types.NamespacedName
	// Addresses are those that it has, not those that were asked for.
	Addresses []netip.Addr
	// Hostnames are those of its TLS listeners; a listener without a hostname is not among them.
	Hostnames []string
	// Certificates are the secrets that its listeners refer to.
	Certificates []types.NamespacedName
}

// Route is an HTTPRoute or a GRPCRoute.
type Route struct {
	Hostnames []string
	// Gateways are those that accepted it.
	Gateways []types.NamespacedName
}

func gateway(object gatewayv1.Gateway) Gateway {
	g := Gateway{Name: types.NamespacedName{Namespace: object.Namespace, Name: object.Name}}
	for _, given := range object.Status.Addresses {
		if address, err := netip.ParseAddr(given.Value); err == nil {
			g.Addresses = append(g.Addresses, address)
		}
	}
	for _, listener := range object.Spec.Listeners {
		if listener.TLS == nil {
			continue
		}
		if listener.Hostname != nil && *listener.Hostname != "" {
			g.Hostnames = append(g.Hostnames, string(*listener.Hostname))
		}
		for _, secret := range listener.TLS.CertificateRefs {
			g.Certificates = append(g.Certificates, name(secret.Namespace, object.Namespace, secret.Name))
		}
	}
	return g
}

func route(namespace string, hostnames []gatewayv1.Hostname, status gatewayv1.RouteStatus) Route {
	r := Route{}
	for _, hostname := range hostnames {
		r.Hostnames = append(r.Hostnames, string(hostname))
	}
	for _, parent := range status.Parents {
		if kind := parent.ParentRef.Kind; kind != nil && *kind != "Gateway" {
			continue
		}
		to := name(parent.ParentRef.Namespace, namespace, parent.ParentRef.Name)
		accepted := meta.IsStatusConditionTrue(parent.Conditions, string(gatewayv1.RouteConditionAccepted))
		if accepted && !slices.Contains(r.Gateways, to) {
			r.Gateways = append(r.Gateways, to)
		}
	}
	return r
}

// name is a reference's: without a namespace it means the one of the object that refers.
func name(namespace *gatewayv1.Namespace, own string, name gatewayv1.ObjectName) types.NamespacedName {
	if namespace != nil {
		own = string(*namespace)
	}
	return types.NamespacedName{Namespace: own, Name: string(name)}
}
