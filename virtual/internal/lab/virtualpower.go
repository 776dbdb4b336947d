package lab

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"starbase.example/virtual/internal/proxmox"
	"starbase.example/virtual/internal/stackfile"
)

// Machines are the virtual machines that there are, and after them those of the plan that are still to be made.
func (v *virtual) Machines() []Machine {
	var all []Machine
	made := map[string]bool{}
	for _, vm := range v.vms() {
		name := vm.Config["name"]
		made[name] = true
		all = append(all, Machine{Name: name, Address: addressOf(vm), On: vm.Power == proxmox.Running})
	}
	for _, planned := range v.hardware.Machines {
		if !made[planned.Name] {
			all = append(all, Machine{Name: planned.Name, Address: planned.Address.String()})
		}
	}
	return all
}

// addressOf is the address that a machine is given at its boot, without the network's length; empty for none.
func addressOf(vm *proxmox.VM) string {
	for part := range strings.SplitSeq(vm.Config["ipconfig0"], ",") {
		if text, ok := strings.CutPrefix(part, "ip="); ok {
			address, _, _ := strings.Cut(text, "/")
			return address
		}
	}
	return ""
}

func (v *virtual) PowerOff(name string) error {
	return v.at(name, func(vmid int) error { return v.proxmox.PowerCut(vmid) })
}

func (v *virtual) PowerOn(name string) error {
	return v.at(name, func(vmid int) error { return v.proxmox.PowerOn(vmid) })
}

func (v *virtual) at(name string, do func(vmid int) error) error {
	if !v.isReady() {
		return errors.New("the lab is still starting")
	}
	vm := v.named(name)
	if vm == nil {
		return fmt.Errorf("machine %s does not exist yet, or is not in the plan (%s). ./lab up creates the machines of the plan", name, v.hardware.Names())
	}
	return do(vm.ID)
}

func (v *virtual) named(name string) *proxmox.VM {
	for _, vm := range v.vms() {
		if vm.Config["name"] == name {
			return vm
		}
	}
	return nil
}

// vms are all virtual machines, by their numbers.
func (v *virtual) vms() []*proxmox.VM {
	if !v.isReady() {
		return nil
	}
	state := v.proxmox.State()
	var all []*proxmox.VM
	for _, id := range slices.Sorted(maps.Keys(state.VMs)) {
		all = append(all, state.VMs[id])
	}
	return all
}

func (v *virtual) isReady() bool {
	select {
	case <-v.ready:
		return true
	default:
		return false
	}
}

func noMachine(name string, h stackfile.Hardware) error {
	return fmt.Errorf("there is no machine %q. Machines: %s", name, h.Names())
}
