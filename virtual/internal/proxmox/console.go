package proxmox

import "fmt"

// PowerOn starts a machine as somebody at the host's console does. Starting one that runs changes nothing.
func (c *Cluster) PowerOn(vmid int) error {
	return c.atConsole(vmid, func(vm *VM) error {
		if vm.Power == Running {
			return nil
		}
		return c.on(vm)
	})
}

// PowerCut pulls a machine's plug, and returns when nothing runs on it any more. Pulling that of one that is off changes
// nothing.
func (c *Cluster) PowerCut(vmid int) error {
	dead := make(chan struct{})
	err := c.atConsole(vmid, func(vm *VM) error {
		if vm.Power == Running {
			c.cut(vm)
		}
		// The guest hears of one event after the other.
		c.guests.tell(vmid, func(Guest) { close(dead) })
		return nil
	})
	if err == nil {
		<-dead
	}
	return err
}

func (c *Cluster) atConsole(vmid int, do func(vm *VM) error) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	vm := c.state.VMs[vmid]
	if vm == nil {
		return fmt.Errorf("there is no machine %d", vmid)
	}
	return do(vm)
}
