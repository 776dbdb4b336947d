// Package lan is the lab's network: a LAN with a router, a network namespace a
// node with eth0 on the LAN's bridge, and a network namespace a pod with eth0
// on its node's bridge.
//
//	LAN namespace      lan0 192.168.1.1/24 (bridge; the person's laptop and router)
//	  └ node w1        eth0 192.168.1.21/24, cni0 10.244.1.1/24 (bridge)
//	      └ pod        eth0 10.244.1.2/24
//
// A namespace each, and not many addresses on one loopback, so that pods keep
// their own ports, interface names mean something to policies, and a wrong
// backend can't answer by accident. Everything here runs inside the lab's own
// unprivileged user namespace, and refuses to run elsewhere (see Inside).
package lan

import (
	"errors"
	"fmt"
	"net/netip"
	"sync"

	"github.com/vishvananda/netlink"
)

// bridgeName is the LAN's bridge as seen in the LAN namespace.
const bridgeName = "lan0"

// LAN is the network segment that nodes stand on.
type LAN struct {
	router    netip.Prefix
	namespace *Namespace
	bridge    netlink.Link

	mutex sync.Mutex
	nodes map[string]*Node
}

// New makes the LAN in the calling process's own network namespace, which
// must be fresh: router is the bridge's address and network ("192.168.1.1/24").
// It must be called before any goroutine changed threads' namespaces, once a process.
func New(router netip.Prefix) (*LAN, error) {
	if err := Inside(); err != nil {
		return nil, err
	}
	if err := fresh(); err != nil {
		return nil, err
	}
	namespace, err := pin("lan")
	if err != nil {
		return nil, err
	}
	l := &LAN{router: router, namespace: namespace, nodes: map[string]*Node{}}
	err = namespace.Do(func() error {
		if err := up(); err != nil {
			return err
		}
		l.bridge, err = addBridge(bridgeName, router)
		return err
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the LAN's bridge: %w", err), namespace.remove())
	}
	return l, nil
}

// Namespace is the LAN's own network namespace: the view of the person's laptop.
func (l *LAN) Namespace() *Namespace { return l.namespace }

// AddNode makes a namespace with eth0 on the LAN and a default route by the router.
func (l *LAN) AddNode(name string, address netip.Prefix) (*Node, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if _, exists := l.nodes[name]; exists {
		return nil, fmt.Errorf("node %s exists already", name)
	}
	if address.Masked() != l.router.Masked() {
		return nil, fmt.Errorf("node %s: address %s is not in the LAN's network %s", name, address, l.router.Masked())
	}
	for _, other := range l.nodes {
		if other.address == address {
			return nil, fmt.Errorf("node %s: address %s is taken by node %s", name, address.Addr(), other.name)
		}
	}
	namespace, err := create("node-" + name)
	if err != nil {
		return nil, err
	}
	n := &Node{lan: l, name: name, address: address, namespace: namespace, pods: map[string]*Pod{}}
	if err := l.plug(n); err != nil {
		return nil, errors.Join(fmt.Errorf("node %s: %w", name, err), namespace.remove())
	}
	l.nodes[name] = n
	return n, nil
}

// plug lays the cable between the LAN's bridge and the node's eth0.
func (l *LAN) plug(n *Node) error {
	err := l.namespace.Do(func() error {
		return addCable(cableName("n", n.name), l.bridge, n.namespace, n.Address())
	})
	if err != nil {
		return err
	}
	if err := n.namespace.Do(func() error { return configure(n.address, l.router.Addr()) }); err != nil {
		return err
	}
	if err := l.namespace.Do(func() error { return connected(cableName("n", n.name), bridgeName) }); err != nil {
		return err
	}
	return n.routeToPodsOf(l.nodes)
}

// RemoveNode pulls the node's cable and ends its namespaces, as a power cut does.
// Processes still running in them keep their sockets but reach nobody.
func (l *LAN) RemoveNode(name string) error {
	l.mutex.Lock()
	n, exists := l.nodes[name]
	delete(l.nodes, name)
	l.mutex.Unlock()
	if !exists {
		return fmt.Errorf("there is no node %s", name)
	}
	err := l.namespace.Do(func() error { return deleteLink(cableName("n", name)) })
	for _, pod := range n.allPods() {
		err = errors.Join(err, pod.Remove())
	}
	return errors.Join(err, l.unroute(n), n.namespace.remove())
}
