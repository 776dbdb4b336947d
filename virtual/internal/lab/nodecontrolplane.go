package lab

import (
	"context"
	"net/netip"
	"time"

	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/talos"
)

// options are what the machine config asks of etcd and the control plane, on this machine.
func (n *node) options() (controlplane.Options, error) {
	m := n.machine()
	o, err := controlplane.OptionsOf(m.Config)
	o.Node, o.Name, o.Bin, o.Folder, o.Disk = m.Node, m.Hostname, n.Bin, n.Folder, m.Folder
	o.Report = func(text string) { n.say("%s", text) }
	return o, err
}

// begin starts the control plane as soon as it may: with the data of an earlier boot, or as a further member of a cluster
// that answers. Without either it waits for a bootstrap.
func (n *node) begin(ctx context.Context) {
	for ctx.Err() == nil {
		if n.mayBegin(false) {
			n.run(ctx, nil)
			return
		}
		if peers := n.peers(ctx); len(peers) > 0 && n.mayBegin(true) {
			n.run(ctx, peers)
			return
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		if n.isBegun() {
			return
		}
	}
}

// mayBegin is true once: when there is data, or without data when anew is true.
func (n *node) mayBegin(anew bool) bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	if n.begun || !anew && !n.hasData() {
		return false
	}
	n.begun = true
	return true
}

func (n *node) isBegun() bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.begun
}

// run starts the control plane until it stands, or the machine ends.
func (n *node) run(ctx context.Context, join []netip.Addr) {
	if !ready(ctx, n.machine()) {
		return
	}
	for ctx.Err() == nil {
		options, err := n.options()
		if err == nil {
			options.Join = join
			attempt := within(ctx)
			var c *controlplane.ControlPlane
			if c, err = controlplane.Start(attempt, options); err == nil {
				n.mutex.Lock()
				n.controlPlane, n.static = c, staticPods(n.machine().Config)
				n.mutex.Unlock()
				err = n.reached(c)
				if err == nil {
					return
				}
			}
			attempt.end()
		}
		if ctx.Err() == nil {
			n.say("the control plane did not start, and is tried again: %v", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// peers are the control planes of the cluster as its API names them, if it answers at the endpoint.
func (n *node) peers(ctx context.Context) (all []netip.Addr) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	options, err := n.options()
	if err != nil {
		return nil
	}
	config, err := options.PKI.ClientFor(options.Endpoint, controlplane.Admin)
	if err != nil {
		return nil
	}
	config.Dial = n.machine().Node.Namespace().Dial
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil
	}
	slices, err := client.DiscoveryV1().EndpointSlices(metav1.NamespaceDefault).List(ctx,
		metav1.ListOptions{LabelSelector: discoveryv1.LabelServiceName + "=kubernetes"})
	if err != nil {
		return nil // no cluster yet
	}
	for _, slice := range slices.Items {
		for _, endpoint := range slice.Endpoints {
			for _, text := range endpoint.Addresses {
				if address, err := netip.ParseAddr(text); err == nil && address != n.machine().Node.Address() {
					all = append(all, address)
				}
			}
		}
	}
	return all
}

func (n *node) Bootstrap(ctx context.Context) error {
	if n.hasData() || !n.mayBegin(true) {
		return talos.ErrBootstrapped
	}
	go n.run(n.base, nil)
	return nil
}

func (n *node) EtcdMembers(ctx context.Context) (all []talos.EtcdMember, err error) {
	c := n.running()
	if c == nil {
		return nil, talos.ErrNoEtcd
	}
	members, err := c.Members(ctx)
	for _, m := range members {
		all = append(all, talos.EtcdMember{ID: m.ID, Hostname: m.Name, PeerURLs: m.PeerURLs, ClientURLs: m.ClientURLs, Learner: m.Learner})
	}
	return all, err
}

func (n *node) EtcdLeave(ctx context.Context) error {
	c := n.running()
	if c == nil {
		return talos.ErrNoEtcd
	}
	if err := c.Leave(ctx); err != nil {
		return err
	}
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.controlPlane, n.static = nil, nil
	return nil
}

func (n *node) EtcdRemove(ctx context.Context, id uint64) error {
	c := n.running()
	if c == nil {
		return talos.ErrNoEtcd
	}
	return c.Remove(ctx, id)
}

func (n *node) EtcdFolder() string { return n.onDisk().Data() }

func (n *node) hasData() bool { return n.onDisk().HasData() }

// onDisk are the options that say where the machine keeps its things.
func (n *node) onDisk() controlplane.Options {
	return controlplane.Options{Node: n.machine().Node, Name: n.machine().Hostname, Bin: n.Bin, Folder: n.Folder, Disk: n.machine().Folder}
}
