// Package names is the LAN's name server, as a person's router has one with a record for each page of the lab. It is
// simulated: the records are not kept anywhere but found in the cluster at the moment of the question.
package names

import (
	"math"
	"net/netip"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/types"

	"starbase.example/virtual/internal/gateways"
)

// Addresses are what a name leads to: those of the Gateways that a route with this hostname is attached to; if no route
// has it, those of the Gateway whose TLS listener matches it most specifically, as its certificate is the one to be seen.
// None means that there is no such name.
func Addresses(s gateways.State, name string) []netip.Addr {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	var routed, listening best
	for _, route := range s.Routes {
		for _, hostname := range route.Hostnames {
			routed.offer(rank(hostname, name), route.Gateways...)
		}
	}
	for _, gateway := range s.Gateways {
		for _, hostname := range gateway.Hostnames {
			listening.offer(rank(hostname, name), gateway.Name)
		}
	}
	if found := routed.addresses(s); len(found) > 0 {
		return found
	}
	return listening.addresses(s)
}

// best are the Gateways with the highest rank that was offered.
type best struct {
	rank     int
	gateways []types.NamespacedName
}

func (b *best) offer(rank int, gateways ...types.NamespacedName) {
	if len(gateways) == 0 || rank == 0 || rank < b.rank {
		return
	}
	if rank > b.rank {
		b.rank, b.gateways = rank, nil
	}
	b.gateways = append(b.gateways, gateways...)
}

func (b best) addresses(s gateways.State) (all []netip.Addr) {
	for _, gateway := range s.Gateways {
		if slices.Contains(b.gateways, gateway.Name) {
			all = append(all, gateway.Addresses...)
		}
	}
	slices.SortFunc(all, netip.Addr.Compare)
	return slices.Compact(all)
}

// rank says how specifically a hostname matches a name, 0 for not at all. A wildcard stands for one label or more, and an
// exact match goes before any wildcard, a longer wildcard before a shorter one (Gateway API, HTTPRoute.spec.hostnames).
func rank(hostname, name string) int {
	hostname = strings.ToLower(hostname)
	if hostname == name {
		return math.MaxInt
	}
	domain, wildcard := strings.CutPrefix(hostname, "*")
	if wildcard && len(name) > len(domain) && strings.HasSuffix(name, domain) {
		return len(domain)
	}
	return 0
}
