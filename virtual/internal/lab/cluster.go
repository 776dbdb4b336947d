package lab

import (
	"bytes"
	"context"
	"net/netip"
	"os"
	"sync"

	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/gateways"
)

// cluster is how the lab's own parts reach the cluster. A cluster that was destroyed and made anew is another one: it has
// other authorities.
type cluster struct {
	mutex   sync.Mutex
	config  *rest.Config
	view    *gateways.View
	viewing span
	changed chan struct{}
}

// reached makes the cluster of a control plane that runs the lab's. Its admin's access is written to the lab's folder once
// a cluster: a person may have copied it.
func (l *Lab) reached(c *controlplane.ControlPlane) error {
	config, err := c.ClientFor(controlplane.Admin)
	if err != nil {
		return err
	}
	// Not from the machine, which may lose its power.
	config.Dial = l.segment.Namespace().Dial
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	k := &l.cluster
	k.mutex.Lock()
	defer k.mutex.Unlock()
	if k.config != nil && bytes.Equal(k.config.CAData, config.CAData) {
		return nil
	}
	if k.config != nil {
		k.viewing.end()
	}
	k.config, k.viewing = config, within(l.orderly)
	k.view = gateways.Watch(k.viewing, client)
	close(k.news())
	k.changed = nil
	written, err := clientcmd.BuildConfigFromFlags("", l.In("kubeconfig"))
	if err == nil && bytes.Equal(written.CAData, config.CAData) {
		return nil
	}
	return c.WriteKubeconfig(l.In("kubeconfig"), controlplane.Admin)
}

// news is closed when there is a cluster, or another one. The mutex is held.
func (k *cluster) news() chan struct{} {
	if k.changed == nil {
		k.changed = make(chan struct{})
	}
	return k.changed
}

// admin waits until there is a cluster; if its authority is known to the caller, until it is that cluster and not an earlier
// one, which was destroyed.
func (k *cluster) admin(ctx context.Context, authority []byte) (*rest.Config, error) {
	for {
		k.mutex.Lock()
		config, news := k.config, k.news()
		k.mutex.Unlock()
		if config != nil && (authority == nil || bytes.Equal(config.CAData, authority)) {
			return config, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-news:
		}
	}
}

// gateways are those of the cluster at the moment: none before there is one.
func (k *cluster) gateways() (gateways.State, error) {
	k.mutex.Lock()
	view := k.view
	k.mutex.Unlock()
	if view == nil {
		return gateways.State{}, nil
	}
	return view.State()
}

// forgotten says that no kubeconfig is left of an earlier lab.
func (l *Lab) forgotten() bool {
	_, err := os.Stat(l.In("kubeconfig"))
	return os.IsNotExist(err)
}

// nth is the n-th address of a network.
func nth(network netip.Prefix, n int) netip.Addr {
	address := network.Masked().Addr()
	for range n {
		address = address.Next()
	}
	return address
}
