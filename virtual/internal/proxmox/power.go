package proxmox

import "slices"

// getStatus answers whether the machine runs. Numbers are numbers: the provider reads cpus, maxmem, vmid as such.
func getStatus(c *call) (any, error) {
	vm, err := c.vm("VM.Audit")
	if err != nil {
		return nil, err
	}
	m := c.machine(vm)
	s := map[string]any{
		"vmid": vm.ID, "name": m.Name, "status": string(vm.Power), "qmpstatus": string(vm.Power), "cpus": m.Cores,
		"maxmem": int64(m.Memory) * mib, "uptime": 0, "ha": map[string]any{"managed": 0}, "tags": vm.Config["tags"],
	}
	if vm.hasAgent() {
		s["agent"] = 1
	}
	if vm.Lock != "" {
		s["lock"] = vm.Lock
	}
	if vm.Power == Running {
		s["pid"], s["uptime"] = vm.PID, int(c.clock.Now().Sub(vm.Started).Seconds())
	}
	return s, nil
}

// power begins a task that changes a machine's power state.
func (c *call) power(kind string, work func(vm *VM, t *Task) error) (any, error) {
	vm, err := c.vm("VM.PowerMgmt")
	if err != nil {
		return nil, err
	}
	return c.begin(kind, vmID(vm.ID), func(t *Task) error {
		return c.holding(vm, func() error {
			if err := vm.locked(); err != nil {
				return err
			}
			return work(vm, t)
		})
	}), nil
}

func start(c *call) (any, error) {
	if vm, err := c.vm("VM.PowerMgmt"); err == nil && vm.Power == Running {
		return nil, died("VM %d already running", vm.ID)
	}
	return c.power("qmstart", func(vm *VM, _ *Task) error { return c.on(vm) })
}

// on gives a machine power: waiting changes count, and the guest boots.
func (c *Cluster) on(vm *VM) error {
	if vm.Power == Running {
		return died("VM %d already running", vm.ID)
	}
	vm.applyPending()
	if err := c.canStart(vm); err != nil {
		return err
	}
	c.state.PID++
	vm.Power, vm.PID, vm.Started, vm.Dark = Running, c.state.PID, c.clock.Now(), c.neverBoots(vm.ID)
	c.powerEvent(vm, "on")
	if !vm.Dark {
		machine := c.machine(vm)
		c.guests.tell(vm.ID, func(g Guest) { g.PowerOn(machine) })
	}
	c.touch()
	return nil
}

// canStart checks what QEMU needs of the host: bridges, devices, memory.
func (c *Cluster) canStart(vm *VM) error {
	node := c.state.Nodes[vm.Node]
	m := c.machine(vm)
	for _, nic := range m.NICs {
		if !slices.Contains(node.Bridges, nic.Bridge) {
			return died("bridge '%s' does not exist", nic.Bridge)
		}
	}
	inUse := int64(0)
	for _, other := range c.state.VMs {
		if other.Node == vm.Node && other.Power == Running {
			inUse += int64(c.machine(other).Memory) * mib
		}
	}
	if need := int64(m.Memory) * mib; inUse+need > node.Memory {
		return died("start failed: QEMU exited with code 1: cannot set up guest memory 'pc.ram': Cannot allocate memory")
	}
	return c.canPassThrough(vm)
}

func stop(c *call) (any, error) {
	return c.power("qmstop", func(vm *VM, _ *Task) error {
		if vm.Power == Running {
			c.cut(vm)
		}
		return nil
	})
}

// cut is the power plug.
func (c *Cluster) cut(vm *VM) {
	c.powerEvent(vm, "cut")
	c.off(vm)
	c.guests.tell(vm.ID, func(g Guest) { g.PowerCut(vm.ID) })
}

func resetVM(c *call) (any, error) {
	return c.power("qmreset", func(vm *VM, _ *Task) error {
		if vm.Power != Running {
			return died("VM %d not running", vm.ID)
		}
		vm.Agent = nil
		c.powerEvent(vm, "reset")
		c.guests.tell(vm.ID, func(g Guest) { g.Reset(vm.ID) })
		return nil
	})
}
