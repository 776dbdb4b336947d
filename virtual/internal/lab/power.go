package lab

import (
	"fmt"
	"slices"
	"strings"
)

// Machine is a machine of the lab, as seen from outside.
type Machine struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	On      bool   `json:"on"`
}

// Machines lists all machines, in order.
func (l *Lab) Machines() []Machine {
	l.power.Lock()
	defer l.power.Unlock()
	var all []Machine
	for _, m := range l.machines {
		all = append(all, Machine{Name: m.name, Address: m.address.Addr().String(), On: m.node != nil})
	}
	return all
}

// PowerOff switches a machine off as pulling its plug does: it is gone from the LAN at once, and takes leave of nobody. It
// returns when nothing runs on it any more. Its disk stays: what the control plane stored is there at the next start.
// Switching off what is off changes nothing.
func (l *Lab) PowerOff(name string) error {
	return l.switched(name, func(m *machine) error {
		if m.node == nil {
			return nil
		}
		return l.pull(m)
	})
}

// PowerOn boots a machine. It returns when its kubelet has been started, a control plane's when its API server answers;
// when the node is Ready is for the cluster to say. Switching on what is on changes nothing.
func (l *Lab) PowerOn(name string) error {
	return l.switched(name, func(m *machine) error {
		if m.node != nil {
			return nil
		}
		for _, step := range []func(*machine) error{l.plug, l.startControlPlane, l.startKubelet, l.startServices} {
			if err := step(m); err != nil {
				return err
			}
		}
		return nil
	})
}

// switched does one thing with one machine at a time, and none before all were started.
func (l *Lab) switched(name string, do func(*machine) error) error {
	l.power.Lock()
	defer l.power.Unlock()
	i := slices.IndexFunc(l.machines, func(m *machine) bool { return m.name == name })
	if i < 0 {
		var names []string
		for _, m := range l.machines {
			names = append(names, m.name)
		}
		return fmt.Errorf("there is no machine %q. Machines: %s", name, strings.Join(names, ", "))
	}
	if err := do(l.machines[i]); err != nil {
		return fmt.Errorf("machine %s: %w", name, err)
	}
	return nil
}
