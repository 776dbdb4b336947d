package lab

import (
	"fmt"
	"net/http"
	"net/netip"
	"sync"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/stackfile"
)

// own is the machines of a cluster that is there already, for the cluster kind `existing`: the lab makes them, and no
// Talos is on them. Of planned control planes the first one stands for all.
type own struct {
	*Lab
	// power is held while machines are switched, the first time included.
	power    sync.Mutex
	machines []*machine
	// controlPlane is the one that was started last; it tells how to become a client.
	controlPlane *controlplane.ControlPlane
}

// machine is one of them. Everything below its plan is there only while it is on.
type machine struct {
	stackfile.Machine
	node         *lan.Node
	controlPlane *controlplane.ControlPlane
	// duties end what the machine does for the cluster, base what that stands on.
	duties duties
	base   span
}

func newOwn(l *Lab) *own {
	o := &own{Lab: l}
	for _, m := range l.hardware.Machines {
		if !m.ControlPlane || len(o.machines) == 0 {
			o.machines = append(o.machines, &machine{Machine: m})
		}
	}
	return o
}

func (o *own) steps() []step {
	all := func(do func(*machine) error) func() error {
		return func() error {
			o.power.Lock()
			defer o.power.Unlock()
			return o.each(do)
		}
	}
	return []step{
		{"machines", all(o.plug)},
		{"control plane", all(o.startControlPlane)},
		{"nodes", func() error {
			if err := all(o.startKubelet)(); err != nil {
				return err
			}
			return o.awaitNodes(o.orderly)
		}},
		{"services", all(o.startServices)},
	}
}

// plug gives a machine its place on the LAN: from now on things can be started on it.
func (o *own) plug(m *machine) (err error) {
	if m.node, err = o.segment.AddNode(m.Name, netip.PrefixFrom(m.Address, o.hardware.Router.Bits())); err != nil {
		return err
	}
	m.duties.work, m.base = within(o.orderly), within(o.whole)
	return nil
}

// pull cuts a machine off from the LAN, so that it can't take leave of anybody, and ends what runs on it.
func (o *own) pull(m *machine) error {
	err := o.segment.RemoveNode(m.Name)
	m.duties.end()
	m.base.end()
	if m.controlPlane != nil {
		m.controlPlane.Wait()
	}
	m.node, m.controlPlane = nil, nil
	return err
}

func (o *own) wait() {
	o.power.Lock()
	defer o.power.Unlock()
	for _, m := range o.machines {
		m.duties.running.Wait()
	}
}

func (o *own) over() {
	for _, m := range o.machines {
		if m.controlPlane != nil {
			m.controlPlane.Wait()
		}
	}
}

// each does something with every machine, in order.
func (o *own) each(do func(*machine) error) error {
	for _, m := range o.machines {
		if err := do(m); err != nil {
			return fmt.Errorf("machine %s: %w", m.Name, err)
		}
	}
	return nil
}

func (o *own) kinds() []Part {
	return []Part{{"the cluster's machines", Simulated, "made by the lab, without any system on them"}}
}

func (o *own) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	http.Error(w, "the cluster's machines are there already (starbase:cluster.kind is existing): no Proxmox and no Talos is simulated", http.StatusNotFound)
}
