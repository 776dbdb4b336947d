// Package controlplane starts a real control plane on a node of the lab: etcd, API server, controller manager and
// scheduler, as processes in the node's network namespace. What they store outlives them: a second start goes on.
package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"

	"k8s.io/client-go/rest"
	"starbase.example/virtual/internal/process"
)

const apiPort = 6443

// ControlPlane is a running one.
type ControlPlane struct {
	options Options
	files   files
	running []*process.Process
}

// Start returns when the API server answers; the processes live until ctx ends.
func Start(ctx context.Context, o Options) (*ControlPlane, error) {
	c := &ControlPlane{options: o, files: files{folder: filepath.Join(o.Folder, "nodes", o.Node.Name())}}
	if err := errors.Join(c.issue(), os.MkdirAll(filepath.Join(o.Folder, "logs"), 0o700)); err != nil {
		return nil, err
	}
	for _, part := range []process.Spec{c.etcd(), c.apiServer()} {
		if err := c.start(ctx, part); err != nil {
			return nil, err
		}
	}
	if err := c.dropLeases(ctx); err != nil {
		return nil, err
	}
	for _, part := range []process.Spec{c.controllerManager(), c.scheduler()} {
		if err := c.start(ctx, part); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *ControlPlane) start(ctx context.Context, part process.Spec) error {
	part.Path = filepath.Join(c.options.Bin, part.Name)
	part.Log = filepath.Join(c.options.Folder, "logs", part.Name+".log")
	part.In = c.options.Node.Namespace()
	part.Restart = true
	p, err := process.Start(ctx, part)
	if err == nil {
		c.running = append(c.running, p)
	}
	return err
}

// Wait returns when all processes have ended, after the end of the context given to Start.
func (c *ControlPlane) Wait() {
	for _, p := range c.running {
		<-p.Done()
	}
}

// PKI is the identity that was given to Start.
func (c *ControlPlane) PKI() PKI { return c.options.PKI }

// Address is where the API server listens on the LAN.
func (c *ControlPlane) Address() netip.AddrPort {
	return netip.AddrPortFrom(c.options.Node.Address(), apiPort)
}

// URL is the API server's address as clients write it.
func (c *ControlPlane) URL() string { return fmt.Sprintf("https://%s", c.Address()) }

// ClientFor is a client configuration with an identity of its own, issued for it. It dials from the node, inside the lab.
func (c *ControlPlane) ClientFor(id Identity) (*rest.Config, error) {
	id.Client = true
	pair, err := c.options.PKI.Kubernetes.Issue(id)
	if err != nil {
		return nil, err
	}
	return &rest.Config{Host: c.URL(), Dial: c.options.Node.Namespace().Dial, QPS: 50, Burst: 100,
		TLSClientConfig: rest.TLSClientConfig{CAData: c.options.PKI.Kubernetes.Certificate, CertData: pair.Certificate, KeyData: pair.Key}}, nil
}

// Admin is the identity of the lab's owner.
var Admin = Identity{Name: "starbase-admin", Groups: []string{"system:masters"}}
