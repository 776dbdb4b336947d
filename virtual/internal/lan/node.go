package lan

import (
	"fmt"
	"net/netip"
	"sync"

	"github.com/vishvananda/netlink"
)

// podBridge is the node's bridge for its pods, named as CNI plugins name it.
const podBridge = "cni0"

// Node is a machine on the LAN: a network namespace with eth0.
type Node struct {
	lan       *LAN
	name      string
	address   netip.Prefix
	namespace *Namespace

	mutex     sync.Mutex
	pods      map[string]*Pod
	addresses *pool
	bridge    netlink.Link
}

// Namespace is the node's own network namespace, shared by its hostNetwork pods.
func (n *Node) Namespace() *Namespace { return n.namespace }

// Name is the node's name as given to AddNode.
func (n *Node) Name() string { return n.name }

// Address is the node's address on the LAN.
func (n *Node) Address() netip.Addr { return n.address.Addr() }

// PodCIDR is the network of the node's pods; the zero Prefix before SetPodCIDR.
func (n *Node) PodCIDR() netip.Prefix {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.addresses == nil {
		return netip.Prefix{}
	}
	return n.addresses.network
}

// SetPodCIDR gives the node its pod network: bridge cni0 with the network's
// first address, and a route to it in all other nodes, which is what a CNI
// with native routing does. Setting the same network again changes nothing.
func (n *Node) SetPodCIDR(network netip.Prefix) error {
	network = network.Masked()
	switch current := n.PodCIDR(); current {
	case network:
		return nil
	case netip.Prefix{}:
	default:
		return fmt.Errorf("node %s has pod network %s, which can't change to %s", n.name, current, network)
	}
	gateway := netip.PrefixFrom(network.Addr().Next(), network.Bits())
	n.mutex.Lock()
	err := n.namespace.Do(func() (err error) {
		n.bridge, err = addBridge(podBridge, gateway)
		return err
	})
	if err == nil {
		n.addresses = newPool(network)
	}
	n.mutex.Unlock()
	if err != nil {
		return fmt.Errorf("node %s, pod network %s: %w", n.name, network, err)
	}
	return n.lan.announcePodsOf(n)
}

// announcePodsOf gives all other nodes a route to n's pods.
func (l *LAN) announcePodsOf(n *Node) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, other := range l.nodes {
		if err := other.routeToPodsOf(map[string]*Node{n.name: n}); err != nil {
			return err
		}
	}
	return nil
}

// routeToPodsOf gives n a route to the pods of each of the nodes but itself.
func (n *Node) routeToPodsOf(nodes map[string]*Node) error {
	for _, to := range nodes {
		network := to.PodCIDR()
		if to == n || !network.IsValid() {
			continue
		}
		if err := n.namespace.Do(func() error { return addRoute(network, to.Address()) }); err != nil {
			return fmt.Errorf("route from node %s to the pods of %s: %w", n.name, to.name, err)
		}
	}
	return nil
}

// unroute forgets the way to a removed node's pods.
func (l *LAN) unroute(gone *Node) error {
	network := gone.PodCIDR()
	if !network.IsValid() {
		return nil
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, other := range l.nodes {
		if err := other.namespace.Do(func() error { return deleteRoute(network) }); err != nil {
			return fmt.Errorf("route from node %s to the pods of %s: %w", other.name, gone.name, err)
		}
	}
	return nil
}
