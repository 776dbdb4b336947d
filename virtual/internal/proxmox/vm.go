package proxmox

import (
	"strings"
)

// vm finds the machine of the path and checks that the token has the privileges on it.
func (c *call) vm(privileges ...string) (*VM, error) {
	id := number(c.vars["vmid"])
	vm := c.state.VMs[id]
	if vm == nil || vm.Node != c.vars["node"] {
		return nil, noSuchVM(c.vars["node"], id)
	}
	return vm, c.mayVM(vm.ID, vm.Pool, privileges...)
}

// mayVM: rights on a machine come from /vms/ID or from its pool.
func (c *call) mayVM(id int, pool string, privileges ...string) error {
	err := c.may("/vms/"+vmID(id), privileges...)
	if err != nil && pool != "" && c.may("/pool/"+pool, privileges...) == nil {
		return nil
	}
	return err
}

// hasAgent: agent is "1", or "enabled=1,…".
func (vm *VM) hasAgent() bool {
	p := parseProperties(vm.Config["agent"], "enabled")
	return p["enabled"] == "1"
}

func (vm *VM) protected() bool { return vm.Config["protection"] == "1" }

// powerEvent writes a power event into the log.
func (c *Cluster) powerEvent(vm *VM, what string) {
	c.events.Add(Event{Kind: "power", What: what, Node: vm.Node, VMID: vm.ID})
}

// off is what is left when QEMU has ended. Waiting changes count from now on.
func (c *Cluster) off(vm *VM) {
	vm.Power, vm.PID, vm.Agent, vm.Dark = Stopped, 0, nil, false
	vm.applyPending()
	c.touch()
}

// owned are the volumes that a machine's drives name.
func (c *Cluster) owned(vm *VM) (list []*Volume) {
	for key, value := range vm.merged() {
		if !isDrive(key) && !strings.HasPrefix(key, "unused") {
			continue
		}
		if v := c.volume(vm.Node, parseProperties(value, "file")["file"]); v != nil && v.VMID == vm.ID {
			list = append(list, v)
		}
	}
	return list
}
