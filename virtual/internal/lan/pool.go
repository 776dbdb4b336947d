package lan

import (
	"fmt"
	"net/netip"
)

// pool hands out a network's addresses in turn, so that an address just freed
// is the last to come back: late packets for a deleted pod find nobody.
type pool struct {
	network netip.Prefix
	taken   map[netip.Addr]bool
	last    netip.Addr
}

// newPool makes the pool of a network whose first address is the gateway's.
func newPool(network netip.Prefix) *pool {
	gateway := network.Addr().Next()
	return &pool{network: network, taken: map[netip.Addr]bool{gateway: true}, last: gateway}
}

func (p *pool) take() (netip.Addr, error) {
	for candidate := p.after(p.last); candidate != p.last; candidate = p.after(candidate) {
		if !p.taken[candidate] {
			p.taken[candidate] = true
			p.last = candidate
			return candidate, nil
		}
	}
	return netip.Addr{}, fmt.Errorf("pod network %s has no free address (%d in use)", p.network, len(p.taken))
}

func (p *pool) give(address netip.Addr) {
	delete(p.taken, address)
}

// after is the next host address: neither the network's own nor its broadcast.
func (p *pool) after(address netip.Addr) netip.Addr {
	next := address.Next()
	if !p.network.Contains(next.Next()) {
		return p.network.Addr().Next()
	}
	return next
}
