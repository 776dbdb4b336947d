package lab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"

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
func (l *Lab) startNodes(ctx context.Context) error {
	config, err := l.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return err
	}
	for _, m := range machines {
		options, err := l.kubelet(m, config)
		if err != nil {
			return err
		}
		l.run(ctx, func(ctx context.Context) error { return kubelet.Run(ctx, options) })
	}
	return awaitNodes(ctx, config)
}

func (l *Lab) kubelet(m machine, config *rest.Config) (kubelet.Options, error) {
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
		Config: config, Node: l.nodes[m.name], Labels: map[string]string{workerRole: ""},
		Certificate: certificate, ClientCA: clients, Programs: l.Bin,
		LogDir: l.In("logs", "pods"), RunDir: filepath.Join("/run/kubelet", m.name),
		Images: images.Default(), Record: &l.played,
		Workloads:   map[string]workload.Workload{images.Agent: cilium, images.Echo: workload.Echo{}, images.Done: workload.Done{}},
		ServiceHost: serviceHost, ClusterDNS: clusterDNS,
	}
	if m.controlPlane {
		o.Labels = map[string]string{controlPlaneRole: ""}
		o.Taints = []corev1.Taint{{Key: controlPlaneRole, Effect: corev1.TaintEffectNoSchedule}}
	}
	return o, nil
}

// startServices makes Services reachable from every node.
func (l *Lab) startServices(ctx context.Context) error {
	config, err := l.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return err
	}
	for _, m := range machines {
		options := services.Options{Config: config, Node: l.nodes[m.name], LoadBalancer: services.Given,
			APIServers: []netip.AddrPort{l.controlPlane.Address()}, Network: netip.MustParsePrefix(controlplane.Services)}
		l.run(ctx, func(ctx context.Context) error { return services.Run(ctx, options) })
	}
	return nil
}

// run keeps a part of the lab going until ctx ends; a part that ends by itself says why in the lab's log.
func (l *Lab) run(ctx context.Context, part func(context.Context) error) {
	l.running.Go(func() {
		if err := part(ctx); err != nil && ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, err)
		}
	})
}
