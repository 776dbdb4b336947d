package proxmox

import "time"

// lockTimeout is how long Proxmox waits for a machine's lock file.
const lockTimeout = 10 * time.Second

// holding does something while it holds the machine's lock file: operations on one machine follow each other.
func (c *Cluster) holding(vm *VM, do func() error) error {
	if !c.wait(lockTimeout, func() bool { return !vm.busy }) {
		return died("can't lock file '/var/lock/qemu-server/lock-%d.conf' - got timeout", vm.ID)
	}
	if c.state.VMs[vm.ID] != vm {
		return noSuchVM(vm.Node, vm.ID) // it was destroyed while this waited
	}
	vm.busy = true
	defer func() {
		vm.busy = false
		c.touch()
	}()
	return do()
}

// locked is the answer while an operation has written its name into the config.
func (vm *VM) locked() error {
	if vm.Lock != "" {
		return died("VM is locked (%s)", vm.Lock)
	}
	return nil
}
