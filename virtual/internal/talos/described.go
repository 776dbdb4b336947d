package talos

import (
	"fmt"
	"net/netip"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/extensions"
	"github.com/siderolabs/talos/pkg/machinery/nethelpers"
	"github.com/siderolabs/talos/pkg/machinery/resources/cluster"
	configres "github.com/siderolabs/talos/pkg/machinery/resources/config"
	"github.com/siderolabs/talos/pkg/machinery/resources/k8s"
	"github.com/siderolabs/talos/pkg/machinery/resources/network"
	"github.com/siderolabs/talos/pkg/machinery/resources/runtime"
	"github.com/siderolabs/talos/pkg/machinery/resources/v1alpha1"
)

// describe writes what is known of a machine into its resources: once a boot, and when its config changes.
func (r *resources) describe(l *life) {
	r.describeSystem(l)
	r.describeNetwork(l)
	c := l.current()
	if c == nil {
		return
	}
	kind := configres.NewMachineType()
	kind.SetMachineType(c.Machine().Type())
	r.put(kind)
	r.put(configres.NewMachineConfig(c))
	name := k8s.NewNodename(k8s.NamespaceName, k8s.NodenameID)
	name.TypedSpec().Nodename = l.hostname()
	r.put(name)
	kubelet := k8s.NewKubeletSpec(k8s.NamespaceName, k8s.KubeletID)
	kubelet.TypedSpec().Image, kubelet.TypedSpec().ExpectedNodename = c.Machine().Kubelet().Image(), l.hostname()
	r.put(kubelet)
	if l.isControlPlane() {
		r.describeControlPlane(l, c)
	}
}

func (r *resources) describeSystem(l *life) {
	v := runtime.NewVersion()
	v.TypedSpec().Name, v.TypedSpec().Version = "Talos", l.version
	r.put(v)
	// Talos lists the schematic among the extensions.
	layers := []extensions.Metadata{{Name: "schematic", Version: l.schematic}}
	for _, e := range l.machine.fleet.options.Extensions(l.schematic) {
		layers = append(layers, extensions.Metadata{Name: e, Version: l.version})
	}
	for i, layer := range layers {
		e := runtime.NewExtensionStatus(runtime.NamespaceName, fmt.Sprint(i))
		e.TypedSpec().Metadata = layer
		r.put(e)
	}
}

func (r *resources) describeNetwork(l *life) {
	h := network.NewHostnameStatus(network.NamespaceName, network.HostnameID)
	h.TypedSpec().Hostname = l.hostname()
	r.put(h)
	a := network.NewAddressStatus(network.NamespaceName, network.AddressID(link, l.prefix))
	a.TypedSpec().Address, a.TypedSpec().LinkName, a.TypedSpec().Family = l.prefix, link, nethelpers.FamilyInet4
	r.put(a)
	for _, id := range []string{network.NodeAddressDefaultID, network.NodeAddressCurrentID, network.NodeAddressRoutedID} {
		n := network.NewNodeAddress(network.NamespaceName, id)
		n.TypedSpec().Addresses = []netip.Prefix{l.prefix}
		r.put(n)
	}
}

func (r *resources) describeControlPlane(l *life, c config.Provider) {
	server := k8s.NewAPIServerConfig()
	server.TypedSpec().Image, server.TypedSpec().LocalPort = c.Cluster().APIServer().Image(), c.Cluster().LocalAPIServerPort()
	server.TypedSpec().ControlPlaneEndpoint, server.TypedSpec().AdvertisedAddress = c.Cluster().Endpoint().String(), l.node.Address().String()
	server.TypedSpec().ServiceCIDRs = c.Cluster().Network().ServiceCIDRs()
	r.put(server)
	manager := k8s.NewControllerManagerConfig()
	manager.TypedSpec().Enabled, manager.TypedSpec().Image = true, c.Cluster().ControllerManager().Image()
	manager.TypedSpec().PodCIDRs, manager.TypedSpec().ServiceCIDRs = c.Cluster().Network().PodCIDRs(), c.Cluster().Network().ServiceCIDRs()
	r.put(manager)
	scheduler := k8s.NewSchedulerConfig()
	scheduler.TypedSpec().Enabled, scheduler.TypedSpec().Image = true, c.Cluster().Scheduler().Image()
	r.put(scheduler)
}

// describeServices and describeMembers write what changes by itself.
func (r *resources) describeServices(all []Service) {
	ids := map[string]bool{}
	for _, s := range all {
		if s.State != Running {
			continue // Talos has a resource for what runs only
		}
		ids[s.Name] = true
		v := v1alpha1.NewService(s.Name)
		v.TypedSpec().Running, v.TypedSpec().Healthy = true, s.Healthy
		r.put(v)
	}
	r.keep(*v1alpha1.NewService("").Metadata(), ids)
}

func (r *resources) describeMembers(peers []*life) {
	ids := map[string]bool{}
	for _, p := range peers {
		c := p.current()
		if c == nil {
			continue
		}
		m := cluster.NewMember(cluster.NamespaceName, p.hostname())
		s := m.TypedSpec()
		s.NodeID, s.Hostname, s.MachineType, s.OperatingSystem = p.disk.get(onDiskID), p.hostname(), c.Machine().Type(), "Talos ("+p.version+")"
		s.Addresses = []netip.Addr{p.node.Address()}
		if p.isControlPlane() {
			s.ControlPlane = &cluster.ControlPlane{APIServerPort: c.Cluster().LocalAPIServerPort()}
		}
		ids[p.hostname()] = true
		r.put(m)
	}
	r.keep(*cluster.NewMember(cluster.NamespaceName, "").Metadata(), ids)
}
