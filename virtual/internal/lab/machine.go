package lab

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/lan"
)

// machine is a machine of the lab. Everything below its plan is there only while it is on.
type machine struct {
	plan
	node         *lan.Node
	controlPlane *controlplane.ControlPlane
	// work ends what the machine does for the cluster, base what that stands on.
	work, base span
	// running counts the parts of its work: kubelet and forwarder.
	running sync.WaitGroup
}

// span is a time with an end.
type span struct {
	context.Context
	end context.CancelFunc
}

func within(outer context.Context) span {
	ctx, end := context.WithCancel(outer)
	return span{ctx, end}
}

// plug gives a machine its place on the LAN: from now on things can be started on it.
func (l *Lab) plug(m *machine) (err error) {
	if m.node, err = l.segment.AddNode(m.name, m.address); err != nil {
		return err
	}
	m.work, m.base = within(l.orderly), within(l.whole)
	return nil
}

// pull cuts a machine off from the LAN, so that it can't take leave of anybody, and ends what runs on it.
func (l *Lab) pull(m *machine) error {
	err := l.segment.RemoveNode(m.name)
	m.work.end()
	m.running.Wait()
	m.base.end()
	if m.controlPlane != nil {
		m.controlPlane.Wait()
	}
	m.node, m.controlPlane = nil, nil
	return err
}

// pause is what lies between the end of a part and its next start.
const pause = time.Second

// run keeps a part of a machine's work going, as a machine's init does: a part that ends by itself says why in the lab's
// log and is started again.
func (m *machine) run(part func(context.Context) error) {
	ctx := m.work.Context
	m.running.Go(func() {
		for ctx.Err() == nil {
			if err := part(ctx); err != nil && ctx.Err() == nil {
				fmt.Fprintln(os.Stderr, err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
		}
	})
}

// each does something with every machine, in order.
func (l *Lab) each(do func(*machine) error) error {
	for _, m := range l.machines {
		if err := do(m); err != nil {
			return fmt.Errorf("machine %s: %w", m.name, err)
		}
	}
	return nil
}
