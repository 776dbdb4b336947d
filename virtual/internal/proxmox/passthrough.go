package proxmox

// canPassThrough: a device belongs to one running machine at a time, and the mapping must name one on this host.
func (c *Cluster) canPassThrough(vm *VM) error {
	for _, slot := range vm.Config.slots("hostpci") {
		mapping := parseProperties(vm.Config[slot], "host")["mapping"]
		device := c.state.PCIMappings[mapping][vm.Node]
		if device == "" {
			return died("PCI device mapping not found for '%s' on node '%s'", mapping, vm.Node) // approximate
		}
		for _, other := range c.state.VMs {
			if other.ID != vm.ID && other.Node == vm.Node && other.Power == Running && other.uses(mapping) {
				return died("PCI device '%s' already in use by VMID '%d'", device, other.ID)
			}
		}
	}
	return nil
}

func (vm *VM) uses(mapping string) bool {
	for _, slot := range vm.Config.slots("hostpci") {
		if parseProperties(vm.Config[slot], "host")["mapping"] == mapping {
			return true
		}
	}
	return false
}
