package services

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/lan"
)

const (
	// checkEvery and checkTime are how often API servers are asked whether they are there, and how long they may take: a
	// connection is enough, which the kernel accepts however busy the server is.
	checkEvery = 2 * time.Second
	checkTime  = time.Second
)

// KubePrism is the URL by which each node finds an API server (the Talos feature's default address).
const KubePrism = "https://127.0.0.1:7445"

var kubePrism = netip.MustParseAddrPort("127.0.0.1:7445")

// prism is the API servers: the cluster's endpoint first, then each that the cluster knows. Those that don't answer are
// asked last, and connections to them are ended, so that clients turn to another at once.
type prism struct {
	namespace *lan.Namespace
	fixed     []netip.AddrPort

	mutex sync.Mutex
	known []netip.AddrPort
	down  map[netip.AddrPort]bool
	open  map[net.Conn]netip.AddrPort
}

func newPrism(namespace *lan.Namespace, fixed []netip.AddrPort) *prism {
	return &prism{namespace: namespace, fixed: fixed, down: map[netip.AddrPort]bool{}, open: map[net.Conn]netip.AddrPort{}}
}

// follow takes the API servers that the cluster knows, if it knows any.
func (p *prism) follow(slices []*discoveryv1.EndpointSlice) {
	kubernetes := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: metav1.NamespaceDefault, Name: "kubernetes"}}
	known := ready(kubernetes, corev1.ServicePort{Name: "https"}, slices)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if len(known) > 0 {
		p.known = known
	}
}

// all are the API servers in the order of preference. The mutex is held.
func (p *prism) all() []netip.AddrPort {
	all := slices.Clone(p.fixed)
	for _, address := range p.known {
		if !slices.Contains(all, address) {
			all = append(all, address)
		}
	}
	return all
}

func (p *prism) order() []netip.AddrPort {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	all := p.all()
	slices.SortStableFunc(all, func(a, b netip.AddrPort) int { return rank(p.down[a]) - rank(p.down[b]) })
	return all
}

func rank(down bool) int {
	if down {
		return 1
	}
	return 0
}

func (p *prism) leads(to netip.AddrPort, connection net.Conn) func() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.open[connection] = to
	return func() {
		p.mutex.Lock()
		defer p.mutex.Unlock()
		delete(p.open, connection)
	}
}

// watch asks all API servers again and again until ctx ends.
func (p *prism) watch(ctx context.Context) {
	for {
		p.mutex.Lock()
		all := p.all()
		p.mutex.Unlock()
		var asked sync.WaitGroup
		for _, address := range all {
			asked.Go(func() {
				connection, err := reach(p.namespace, address, checkTime)
				if err == nil {
					connection.Close()
				}
				p.mark(address, err != nil)
			})
		}
		asked.Wait()
		select {
		case <-ctx.Done():
			return
		case <-time.After(checkEvery):
		}
	}
}

func (p *prism) mark(address netip.AddrPort, down bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.down[address] = down
	if !down {
		return
	}
	for connection, to := range p.open {
		if to == address {
			connection.Close()
		}
	}
}
