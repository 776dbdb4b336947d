package proxmox

// destroyVM removes a machine that is off, with its disks.
func destroyVM(c *call) (any, error) {
	vm, err := c.vm("VM.Allocate")
	switch {
	case err != nil:
		return nil, err
	case vm.protected():
		return nil, died("can't remove VM %d - protection mode enabled", vm.ID)
	case vm.Power == Running:
		return nil, died("VM %d is running - destroy failed", vm.ID)
	}
	return c.begin("qmdestroy", vmID(vm.ID), func(*Task) error {
		return c.holding(vm, func() error {
			if vm.Power == Running {
				return died("VM %d is running - destroy failed", vm.ID)
			}
			c.forget(vm)
			c.guests.tell(vm.ID, func(g Guest) { g.Destroyed(vm.ID) })
			return nil
		})
	}), nil
}
