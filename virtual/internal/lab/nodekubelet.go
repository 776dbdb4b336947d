package lab

import (
	"context"
	"fmt"
	"net/netip"
	"path/filepath"

	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/kubelet"
	"starbase.example/virtual/internal/services"
)

// runKubelet is the node's kubelet. Who it is, it learns from the cluster, with the bootstrap token of the machine config.
func (n *node) runKubelet(ctx context.Context) error {
	admin, err := n.admin(ctx)
	if err != nil {
		return err
	}
	m := n.machine()
	cluster := m.Config.Cluster()
	network, err := n.services()
	if err != nil {
		return err
	}
	// By KubePrism, as on Talos: a control plane that loses its power takes nobody's way to the cluster with it.
	admin = rest.CopyConfig(admin)
	admin.Host = services.KubePrism
	o := n.kubelet(m.Node, admin, network)
	o.Name, o.Version = m.Hostname, kubelet.VersionOf(m.Config.Machine().Kubelet().Image())
	o.Report = func(text string) { n.say("%s", text) }
	o.Bootstrap = &kubelet.Bootstrap{Server: services.KubePrism, CA: cluster.IssuingCA().Crt, Token: cluster.Token().ID() + "." + cluster.Token().Secret(),
		Folder: filepath.Join(m.Folder, "kubelet")}
	o.Labels, o.Taints = labels(m.Config), taintsOf(m.Config)
	if n.isControlPlane() {
		o.Static = n.staticPods
	}
	return kubelet.Run(ctx, o)
}

// admin is access to this machine's own cluster.
func (n *node) admin(ctx context.Context) (*rest.Config, error) {
	return n.cluster.admin(ctx, n.machine().Config.Cluster().IssuingCA().Crt)
}

// services is the network of Services, as the machine config has it.
func (n *node) services() (netip.Prefix, error) {
	return netip.ParsePrefix(n.machine().Config.Cluster().Network().ServiceCIDRs()[0])
}

// runServices makes Services reachable from the machine.
func (n *node) runServices(ctx context.Context) error {
	admin, err := n.admin(ctx)
	if err != nil {
		return err
	}
	network, err := n.services()
	if err != nil {
		return err
	}
	endpoint, err := netip.ParseAddrPort(n.machine().Config.Cluster().Endpoint().Host)
	if err != nil {
		return fmt.Errorf("the cluster's endpoint in the machine config: %w", err)
	}
	return services.Run(ctx, services.Options{Config: admin, Node: n.machine().Node, LoadBalancer: services.Given,
		APIServers: []netip.AddrPort{endpoint}, Network: network})
}
