// Package controlplane starts a real control plane on a node of the lab: etcd, API server, controller manager and
// scheduler, as processes in the node's network namespace. What they store outlives them: a second start goes on.
//
// A cluster has one control plane or several. Each has a member of etcd and an API server that talks to it; controller
// managers and schedulers elect a leader each.
package controlplane

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"

	"starbase.example/virtual/internal/process"
)

const apiPort = 6443

// ControlPlane is a running one.
type ControlPlane struct {
	options Options
	files   files
	// whole ends all processes at once.
	whole context.Context
	cut   context.CancelFunc
	// etcd is what the others stand on: they are above it, in the order of their start.
	etcd  *process.Process
	above []running
	// changing is held while parts are started or ended; ended is closed when none is left.
	changing sync.Mutex
	ended    chan struct{}
	stopping sync.Once
}

// running is a part that can be told to end, and is waited for.
type running interface{ Stop() }

// Start returns when the API server answers, which on a machine that is to join others may take until one of them does.
// The control plane lives until ctx ends; then its parts end in order, so that they can give up what they hold.
func Start(ctx context.Context, o Options) (*ControlPlane, error) {
	o = o.complete()
	c := &ControlPlane{options: o, files: files{folder: o.certificates()}, ended: make(chan struct{})}
	c.whole, c.cut = context.WithCancel(context.WithoutCancel(ctx))
	started := context.AfterFunc(ctx, c.cut)
	err := c.startAll()
	if err == nil && !started() {
		err = context.Cause(ctx)
	}
	if err != nil {
		c.Cut()
		return nil, err
	}
	context.AfterFunc(ctx, c.Stop)
	return c, nil
}

func (c *ControlPlane) startAll() error {
	if err := errors.Join(c.issue(), os.MkdirAll(c.options.logs(), 0o700)); err != nil {
		return err
	}
	joined, err := c.admit(c.whole)
	if err != nil {
		return err
	}
	if c.etcd, err = c.start(c.member(joined)); err != nil {
		return err
	}
	if joined.id != 0 {
		// A member that joins loses its first word, its name, when it is sent a snapshot, and serves no client before it
		// has said it again, 15 s later (5 s and twice the election's time). One that starts with its data says it at once.
		c.etcd.Stop()
		if c.etcd, err = c.start(c.member(join{})); err != nil {
			return err
		}
	}
	return c.startAbove()
}

// startAbove starts all that stands on etcd.
func (c *ControlPlane) startAbove() error {
	c.changing.Lock()
	defer c.changing.Unlock()
	api, err := c.start(c.apiServer())
	if err != nil {
		return err
	}
	c.above = append(c.above, api)
	if err := errors.Join(c.letNodesIn(c.whole), c.dropLeases(c.whole)); err != nil {
		return err
	}
	leaders := make([]*process.Process, 2)
	var group errgroup.Group
	for i, part := range []process.Spec{c.controllerManager(), c.scheduler()} {
		group.Go(func() (err error) {
			leaders[i], err = c.start(part)
			return err
		})
	}
	err = group.Wait()
	c.above = append(c.above, side(leaders))
	if err == nil && c.options.VIP.IsValid() {
		c.above = append(c.above, c.standForVIP())
	}
	return err
}

// side is parts that end side by side.
type side []*process.Process

func (s side) Stop() {
	var all sync.WaitGroup
	for _, p := range s {
		if p != nil {
			all.Go(p.Stop)
		}
	}
	all.Wait()
}

// endAbove ends what was started last first: who leads, the API server, and nothing that it needs.
func (c *ControlPlane) endAbove() {
	c.changing.Lock()
	defer c.changing.Unlock()
	for i := len(c.above) - 1; i >= 0; i-- {
		c.above[i].Stop()
	}
	c.above = nil
}

// Stop ends the control plane in order and returns when nothing of it is left.
func (c *ControlPlane) Stop() {
	c.endAbove()
	c.Cut()
}

// Cut ends all parts at once, as a power cut does, and returns when nothing of them is left.
func (c *ControlPlane) Cut() {
	c.cut()
	c.stopping.Do(func() {
		c.endAbove()
		if c.etcd != nil {
			c.etcd.Stop()
		}
		close(c.ended)
	})
}

// Wait returns when all processes have ended, after the end of the context given to Start.
func (c *ControlPlane) Wait() { <-c.ended }

// PKI is the identity that was given to Start.
func (c *ControlPlane) PKI() PKI { return c.options.PKI }

// Address is where the API server listens on the LAN.
func (c *ControlPlane) Address() netip.AddrPort {
	return netip.AddrPortFrom(c.options.Node.Address(), apiPort)
}
