package services

import (
	"net"
	"net/netip"
	"slices"
	"sync"
)

// rota is a Service's backends: each connection begins with the next.
type rota struct {
	mutex    sync.Mutex
	backends []netip.AddrPort
	next     int
}

// aim changes the backends for connections to come.
func (r *rota) aim(backends []netip.AddrPort) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.backends = backends
}

func (r *rota) order() []netip.AddrPort {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if len(r.backends) == 0 {
		return nil
	}
	start := r.next % len(r.backends)
	r.next = start + 1
	return append(slices.Clone(r.backends[start:]), r.backends[:start]...)
}

func (r *rota) leads(netip.AddrPort, net.Conn) func() { return func() {} }
