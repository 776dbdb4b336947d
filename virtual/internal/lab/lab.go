// Package lab is the daemon: it puts the parts of a virtual lab together, in the right order, inside the lab's own
// namespaces, and keeps them until it is asked to end.
package lab

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/outside"
	"starbase.example/virtual/internal/settings"
	"starbase.example/virtual/internal/space"
)

// Scope is how much of a lab is started.
type Scope string

const (
	// Whole is everything.
	Whole Scope = "whole"
	// OutsideOnly is the network and the outside world, without any machine: enough for a preview.
	OutsideOnly Scope = "outside-only"
)

// Lab is a lab in the making.
type Lab struct {
	settings.Settings
	space        space.Space
	world        *outside.World
	segment      *lan.LAN
	nodes        map[string]*lan.Node
	controlPlane *controlplane.ControlPlane
	// played is what became of each image, for all nodes.
	played images.Record
	// running counts the kubelets and the services' forwarders.
	running sync.WaitGroup
}

// Run starts the lab in the space around it and returns when ctx ends. A failed start is reported to whoever asks, until then.
func Run(ctx context.Context, s settings.Settings, around space.Space, scope Scope) error {
	l := &Lab{Settings: s, space: around, nodes: map[string]*lan.Node{}}
	p := newProgress()
	environment := func() []string { return l.world.Environment() }
	if err := (control{progress: p, environment: environment, parts: l.parts}).serve(ctx, around.Folder); err != nil {
		return err
	}
	// Pods end before the control plane does, so that they can give up their leases.
	whole, end := context.WithCancel(context.WithoutCancel(ctx))
	if err := l.start(whole, ctx, p, scope); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	p.end()
	<-ctx.Done()
	l.running.Wait()
	end()
	if l.controlPlane != nil {
		l.controlPlane.Wait()
	}
	return nil
}

// start starts everything in order. What nodes run ends with ctx; what they stand on lasts until whole ends.
func (l *Lab) start(whole, ctx context.Context, p *progress, scope Scope) error {
	steps := []struct {
		name string
		do   func(context.Context) error
		ends context.Context
	}{
		{"network", l.network, whole},
		{"outside world", l.outside, whole},
		{"control plane", l.startControlPlane, whole},
		{"nodes", l.startNodes, ctx},
		{"services", l.startServices, ctx},
	}
	if scope == OutsideOnly {
		steps = steps[:2]
	}
	for _, step := range steps {
		if err := p.step(step.name, func() error { return step.do(step.ends) }); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

func (l *Lab) network(context.Context) (err error) {
	if l.segment, err = lan.New(router); err != nil {
		return err
	}
	for _, m := range machines {
		if l.nodes[m.name], err = l.segment.AddNode(m.name, m.address); err != nil {
			return err
		}
	}
	return nil
}

func (l *Lab) outside(ctx context.Context) (err error) {
	if l.world, err = outside.Open(l.Folder, l.Modules); err != nil {
		return err
	}
	hosts, err := os.OpenFile(l.space.Hosts(), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer hosts.Close()
	if _, err := fmt.Fprintln(hosts, strings.Join(l.world.Hosts(), "\n")); err != nil {
		return err
	}
	listener, err := l.world.Listen()
	if err != nil {
		return err
	}
	go func() {
		if err := l.world.Serve(ctx, listener); err != nil {
			fmt.Fprintln(os.Stderr, "the outside world ended:", err)
		}
	}()
	return nil
}
