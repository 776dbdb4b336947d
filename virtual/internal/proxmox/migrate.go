package proxmox

import (
	"slices"
	"strings"
)

// migrate moves a machine to another host, running or not, and its local disks with it when asked to.
func migrate(c *call) (any, error) {
	vm, err := c.vm("VM.Migrate")
	if err != nil {
		return nil, err
	}
	target := c.params["target"]
	local := slices.DeleteFunc(c.owned(vm), func(v *Volume) bool { return v.Node == "" })
	switch {
	case c.state.Nodes[target] == nil:
		return nil, badParameter("target", "target node '%s' does not exist", target) // approximate
	case target == vm.Node:
		return nil, badParameter("target", "target is local node.")
	case vm.Power == Running && c.params["online"] != "1":
		return nil, badParameter("online", "can't migrate running VM without online option") // approximate
	case len(vm.Config.slots("hostpci")) > 0:
		return nil, died("can't migrate VM which uses local devices: hostpci0")
	case len(local) > 0 && c.params["with-local-disks"] != "1":
		return nil, died("can't live migrate attached local disks without with-local-disks option")
	}
	return c.begin("qmigrate", vmID(vm.ID), func(*Task) error {
		return c.holding(vm, func() error { return c.carry(vm, local, target) })
	}), nil
}

func (c *Cluster) carry(vm *VM, local []*Volume, target string) error {
	for _, value := range vm.Config {
		if p := parseProperties(value, "file"); strings.HasPrefix(p["file"], "local:iso/") {
			return died("can't migrate local cdrom '%s'", p["file"])
		}
	}
	for _, v := range local {
		v.Node = target
	}
	vm.Node = target
	c.powerEvent(vm, "migrated")
	c.guests.tell(vm.ID, func(g Guest) { g.Migrated(vm.ID, target) })
	return nil
}
