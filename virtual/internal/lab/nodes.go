package lab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/netip"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/agent"
	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/kubelet"
	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/kubelet/workload"
	"starbase.example/virtual/internal/services"
)

const (
	controlPlaneRole = "node-role.kubernetes.io/control-plane"
	workerRole       = "node-role.kubernetes.io/worker"
	// serviceHost and clusterDNS are addresses of the Service network that Kubernetes and everybody's habit give away.
	serviceHost = "10.96.0.1"
	clusterDNS  = "10.96.0.10"
)

// startNodes starts a kubelet a machine and waits until each has registered. They stay NotReady: that is the CNI's to change.
func (l *Lab) startNodes() error {
	if err := l.each(l.startKubelet); err != nil {
		return err
	}
	config, err := l.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return err
	}
	return awaitNodes(l.orderly, config)
}

func (l *Lab) startKubelet(m *machine) error {
	options, err := l.kubelet(m)
	if err != nil {
		return err
	}
	m.run(func(ctx context.Context) error { return kubelet.Run(ctx, options) })
	return nil
}

func (l *Lab) kubelet(m *machine) (kubelet.Options, error) {
	config, err := l.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return kubelet.Options{}, err
	}
	pki := l.controlPlane.PKI()
	pair, err := pki.Kubernetes.Issue(controlplane.Identity{Name: "system:node:" + m.name, Groups: []string{"system:nodes"},
		Hosts: []string{m.name, m.address.Addr().String()}})
	if err != nil {
		return kubelet.Options{}, err
	}
	certificate, err := tls.X509KeyPair(pair.Certificate, pair.Key)
	if err != nil {
		return kubelet.Options{}, err
	}
	clients := x509.NewCertPool()
	clients.AppendCertsFromPEM(pki.Kubernetes.Certificate)
	cilium := agent.Agent{Config: config, Programs: l.Bin, RunDir: "/run/cilium", LogDir: l.In("logs")}
	o := kubelet.Options{
		Config: config, Node: m.node, Labels: map[string]string{workerRole: ""},
		Certificate: certificate, ClientCA: clients, Programs: l.Bin,
		LogDir: l.In("logs", "pods"), RunDir: filepath.Join("/run/kubelet", m.name),
		Images: images.Default(), Record: &l.played,
		Workloads:   map[string]workload.Workload{images.Agent: cilium, images.Echo: workload.Echo{}, images.Done: workload.Done{}},
		ServiceHost: serviceHost, ClusterDNS: clusterDNS,
	}
	if m.plan.controlPlane {
		o.Labels = map[string]string{controlPlaneRole: ""}
		o.Taints = []corev1.Taint{{Key: controlPlaneRole, Effect: corev1.TaintEffectNoSchedule}}
	}
	return o, nil
}

// startServices makes Services reachable from a machine.
func (l *Lab) startServices(m *machine) error {
	config, err := l.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return err
	}
	options := services.Options{Config: config, Node: m.node, LoadBalancer: services.Given,
		APIServers: []netip.AddrPort{l.controlPlane.Address()}, Network: netip.MustParsePrefix(controlplane.Services)}
	m.run(func(ctx context.Context) error { return services.Run(ctx, options) })
	return nil
}
