// Package lab is the daemon: it puts the parts of a virtual lab together, in the right order, inside the lab's own
// namespaces, and keeps them until it is asked to end.
package lab

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"strings"

	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/outside"
	"starbase.example/virtual/internal/settings"
	"starbase.example/virtual/internal/space"
	"starbase.example/virtual/internal/stackfile"
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
	hardware stackfile.Hardware
	space    space.Space
	world    *outside.World
	segment  *lan.LAN
	// whole and orderly are the two ends of a lab: pods end with orderly, so that they can give up their leases, and what
	// they stand on ends after them with whole.
	whole, orderly context.Context
	// machines are what the cluster runs on.
	machines park
	// secret is that of the Proxmox token.
	secret string
	// cluster is how the lab's own parts reach the cluster, as soon as there is one.
	cluster cluster
	// played is what became of each image, for all nodes.
	played images.Record
}

// park is all machines of a lab, of one kind or the other.
type park interface {
	// steps start the machines, or what they are going to be made on.
	steps() []step
	switches
	// ServeHTTP is the side door of what is simulated, below /_lab/.
	http.Handler
	// wait returns when no pod runs on any of them, after the end of orderly; over when nothing does, after that of whole.
	wait()
	over()
	// kinds says what is real about them and what is not.
	kinds() []Part
}

// step is one step of a start.
type step struct {
	name string
	do   func() error
}

// Run starts the lab in the space around it and returns when ctx ends. A failed start is reported to whoever asks, until then.
func Run(ctx context.Context, s settings.Settings, around space.Space, scope Scope) error {
	l := &Lab{Settings: s, space: around, orderly: ctx}
	whole := within(context.WithoutCancel(ctx))
	l.whole = whole
	var err error
	if l.hardware, err = stackfile.Read(s.StackFile()); err != nil {
		return err
	}
	if l.secret, err = secretIn(s.In("proxmox-token")); err != nil {
		return err
	}
	l.machines = l.park()
	p := newProgress()
	if err := (control{offered: l, progress: p, simulated: l.machines}).serve(ctx, around.Folder); err != nil {
		return err
	}
	if err := l.start(p, scope); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	p.end()
	<-ctx.Done()
	l.machines.wait()
	whole.end()
	l.machines.over()
	return nil
}

func (l *Lab) park() park {
	if l.hardware.Talos {
		return newVirtual(l)
	}
	return newOwn(l)
}

// start starts everything in order.
func (l *Lab) start(p *progress, scope Scope) error {
	steps := []step{{"network", l.network}, {"outside world", l.outside}}
	if scope == Whole {
		steps = append(steps, l.machines.steps()...)
		steps = append(steps, step{"names", l.startNames})
	}
	for _, step := range steps {
		if err := p.step(step.name, step.do); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// environment lets the lab's processes trust its outside world and speak to its Proxmox.
func (l *Lab) environment() []string {
	return append(l.world.Environment(), "PROXMOX_VE_API_TOKEN="+tokenID+"="+l.secret)
}

func (l *Lab) network() (err error) {
	l.segment, err = lan.New(l.hardware.Router)
	return err
}

func (l *Lab) outside() (err error) {
	modules := []string{l.Modules}
	if l.NextModules != "" {
		modules = append(modules, l.NextModules)
	}
	if l.world, err = outside.Open(l.Folder, modules...); err != nil {
		return err
	}
	if err := l.world.Publish(l.Bin, l.Modules); err != nil {
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

func (l *Lab) inBackground(name string, ctx context.Context, serve func(context.Context) error) {
	go func() {
		if err := serve(ctx); err != nil {
			fmt.Fprintln(os.Stderr, name, "ended:", err)
		}
	}()
}

// Machines, PowerOn and PowerOff are those of the lab's machines, of whichever kind.
func (l *Lab) Machines() []Machine { return l.machines.Machines() }

// PowerOn boots a machine.
func (l *Lab) PowerOn(name string) error { return l.machines.PowerOn(name) }

// PowerOff cuts a machine off.
func (l *Lab) PowerOff(name string) error { return l.machines.PowerOff(name) }
