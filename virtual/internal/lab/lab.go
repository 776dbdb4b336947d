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
	space   space.Space
	world   *outside.World
	segment *lan.LAN
	// whole and orderly are the two ends of a lab: pods end with orderly, so that they can give up their leases, and what
	// they stand on ends after them with whole.
	whole, orderly context.Context
	// power is held while machines are switched, the first time included.
	power    sync.Mutex
	machines []*machine
	// controlPlane is the one that was started last; it tells how to become a client.
	controlPlane *controlplane.ControlPlane
	// played is what became of each image, for all nodes.
	played images.Record
}

// Run starts the lab in the space around it and returns when ctx ends. A failed start is reported to whoever asks, until then.
func Run(ctx context.Context, s settings.Settings, around space.Space, scope Scope) error {
	l := &Lab{Settings: s, space: around, orderly: ctx}
	whole := within(context.WithoutCancel(ctx))
	l.whole = whole
	for _, p := range plans {
		l.machines = append(l.machines, &machine{plan: p})
	}
	p := newProgress()
	if err := (control{offered: l, progress: p}).serve(ctx, around.Folder); err != nil {
		return err
	}
	if err := l.start(p, scope); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	p.end()
	<-ctx.Done()
	l.power.Lock()
	for _, m := range l.machines {
		m.running.Wait()
	}
	whole.end()
	for _, m := range l.machines {
		if m.controlPlane != nil {
			m.controlPlane.Wait()
		}
	}
	return nil
}

// start starts everything in order.
func (l *Lab) start(p *progress, scope Scope) error {
	l.power.Lock()
	defer l.power.Unlock()
	steps := []struct {
		name string
		do   func() error
	}{
		{"network", l.network},
		{"outside world", l.outside},
		{"control plane", func() error { return l.each(l.startControlPlane) }},
		{"nodes", l.startNodes},
		{"services", func() error { return l.each(l.startServices) }},
		{"names", l.startNames},
	}
	if scope == OutsideOnly {
		steps = steps[:2]
	}
	for _, step := range steps {
		if err := p.step(step.name, step.do); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

func (l *Lab) environment() []string { return l.world.Environment() }

func (l *Lab) network() (err error) {
	if l.segment, err = lan.New(router); err != nil {
		return err
	}
	return l.each(l.plug)
}

func (l *Lab) outside() (err error) {
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
	l.inBackground("the outside world", l.whole, func(ctx context.Context) error { return l.world.Serve(ctx, listener) })
	return nil
}
