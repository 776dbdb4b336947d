package lab

import (
	"fmt"
	"slices"
)

func (o *own) Machines() []Machine {
	o.power.Lock()
	defer o.power.Unlock()
	var all []Machine
	for _, m := range o.machines {
		all = append(all, Machine{Name: m.Name, Address: m.Address.String(), On: m.node != nil})
	}
	return all
}

func (o *own) PowerOff(name string) error {
	return o.switched(name, func(m *machine) error {
		if m.node == nil {
			return nil
		}
		return o.pull(m)
	})
}

// PowerOn returns when the machine's kubelet has been started, a control plane's when its API server answers.
func (o *own) PowerOn(name string) error {
	return o.switched(name, func(m *machine) error {
		if m.node != nil {
			return nil
		}
		for _, step := range []func(*machine) error{o.plug, o.startControlPlane, o.startKubelet, o.startServices} {
			if err := step(m); err != nil {
				return err
			}
		}
		return nil
	})
}

// switched does one thing with one machine at a time, and none before all were started.
func (o *own) switched(name string, do func(*machine) error) error {
	o.power.Lock()
	defer o.power.Unlock()
	i := slices.IndexFunc(o.machines, func(m *machine) bool { return m.Name == name })
	if i < 0 {
		return noMachine(name, o.hardware)
	}
	if err := do(o.machines[i]); err != nil {
		return fmt.Errorf("machine %s: %w", name, err)
	}
	return nil
}
