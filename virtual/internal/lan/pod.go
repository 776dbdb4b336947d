package lan

import (
	"errors"
	"fmt"
	"net/netip"
)

// Pod is a pod's network namespace with eth0 on its node's bridge.
type Pod struct {
	node      *Node
	id        string
	address   netip.Addr
	namespace *Namespace
}

// Namespace is the pod's own network namespace.
func (p *Pod) Namespace() *Namespace { return p.namespace }

// Address is the pod's address from its node's pod network.
func (p *Pod) Address() netip.Addr { return p.address }

// AddPod makes a namespace with an address of the node's pod network and a
// default route to the node. The id (a pod's UID) names it; it is an error
// when the node has no pod network yet or no free address.
func (n *Node) AddPod(id string) (*Pod, error) {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.addresses == nil {
		return nil, fmt.Errorf("node %s has no pod network yet", n.name)
	}
	if _, exists := n.pods[id]; exists {
		return nil, fmt.Errorf("node %s has pod %s already", n.name, id)
	}
	address, err := n.addresses.take()
	if err != nil {
		return nil, fmt.Errorf("node %s: %w", n.name, err)
	}
	p := &Pod{node: n, id: id, address: address}
	if err := p.connect(); err != nil {
		n.addresses.give(address)
		return nil, fmt.Errorf("pod %s on node %s: %w", id, n.name, err)
	}
	n.pods[id] = p
	return p, nil
}

// connect makes the namespace and lays the cable to the node's bridge.
func (p *Pod) connect() (err error) {
	if p.namespace, err = create("pod-" + p.id); err != nil {
		return err
	}
	network := p.node.addresses.network
	err = p.node.namespace.Do(func() error {
		return addCable(cableName("p", p.id), p.node.bridge, p.namespace, p.address)
	})
	if err == nil {
		err = p.namespace.Do(func() error {
			return configure(netip.PrefixFrom(p.address, network.Bits()), network.Addr().Next())
		})
	}
	if err == nil {
		err = p.node.namespace.Do(func() error { return connected(cableName("p", p.id), podBridge) })
	}
	if err != nil {
		return errors.Join(err, p.namespace.remove())
	}
	return nil
}

// Remove deletes the pod's cable and namespace and frees its address.
// Removing a pod twice changes nothing.
func (p *Pod) Remove() error {
	n := p.node
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.pods[p.id] != p {
		return nil
	}
	delete(n.pods, p.id)
	err := n.namespace.Do(func() error { return deleteLink(cableName("p", p.id)) })
	n.addresses.give(p.address)
	return errors.Join(err, p.namespace.remove())
}

func (n *Node) allPods() []*Pod {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	all := make([]*Pod, 0, len(n.pods))
	for _, pod := range n.pods {
		all = append(all, pod)
	}
	return all
}
