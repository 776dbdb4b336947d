package lab

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net/netip"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/kubelet"
	"starbase.example/virtual/internal/services"
)

// startControlPlane does nothing on a machine that has none.
func (o *own) startControlPlane(m *machine) error {
	if !m.ControlPlane {
		return nil
	}
	pki, err := controlplane.OpenPKI(o.In("pki"))
	if err != nil {
		return err
	}
	m.controlPlane, err = controlplane.Start(m.base, controlplane.Options{Node: m.node, PKI: pki, Bin: o.Bin, Folder: o.Folder})
	if err != nil {
		return err
	}
	o.controlPlane = m.controlPlane
	return o.reached(m.controlPlane)
}

func (o *own) startKubelet(m *machine) error {
	options, err := o.kubeletOf(m)
	if err != nil {
		return err
	}
	m.duties.run(func(ctx context.Context) error { return kubelet.Run(ctx, options) })
	return nil
}

func (o *own) kubeletOf(m *machine) (kubelet.Options, error) {
	config, err := o.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return kubelet.Options{}, err
	}
	pki := o.controlPlane.PKI()
	pair, err := pki.Kubernetes.Issue(controlplane.Identity{Name: "system:node:" + m.Name, Groups: []string{"system:nodes"},
		Hosts: []string{m.Name, m.Address.String()}})
	if err != nil {
		return kubelet.Options{}, err
	}
	options := o.kubelet(m.node, config, netip.MustParsePrefix(controlplane.Services))
	if options.Certificate, err = tls.X509KeyPair(pair.Certificate, pair.Key); err != nil {
		return kubelet.Options{}, err
	}
	options.ClientCA = x509.NewCertPool()
	options.ClientCA.AppendCertsFromPEM(pki.Kubernetes.Certificate)
	if m.ControlPlane {
		options.Labels, options.Taints = map[string]string{controlPlaneRole: ""}, taints
	}
	return options, nil
}

// startServices makes Services reachable from a machine.
func (o *own) startServices(m *machine) error {
	config, err := o.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return err
	}
	options := services.Options{Config: config, Node: m.node, LoadBalancer: services.Given,
		APIServers: []netip.AddrPort{o.controlPlane.Address()}, Network: netip.MustParsePrefix(controlplane.Services)}
	m.duties.run(func(ctx context.Context) error { return services.Run(ctx, options) })
	return nil
}
