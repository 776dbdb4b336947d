package proxmox

import (
	"errors"
	"time"
)

func shutdown(c *call) (any, error) {
	return c.power("qmshutdown", func(vm *VM, t *Task) error {
		return c.askToPowerOff(vm, t, c.params["forceStop"] == "1")
	})
}

// reboot asks the guest to power off and starts the machine again: QEMU is a new one, so waiting changes count.
func reboot(c *call) (any, error) {
	return c.power("qmreboot", func(vm *VM, t *Task) error {
		if vm.Power != Running {
			return died("VM %d not running", vm.ID)
		}
		if err := c.askToPowerOff(vm, t, false); err != nil {
			return err
		}
		return c.on(vm)
	})
}

// askToPowerOff presses the power button and waits; a guest that doesn't listen is cut off only when that was asked for.
// The API's own limit is 180 seconds.
func (c *call) askToPowerOff(vm *VM, t *Task, force bool) error {
	if vm.Power != Running {
		return nil
	}
	limit := 180 * time.Second
	if s := number(c.params["timeout"]); s > 0 {
		limit = time.Duration(s) * time.Second
	}
	c.powerEvent(vm, "asked to power off")
	if !vm.Dark && !c.isDeaf(vm.ID) {
		c.guests.tell(vm.ID, func(g Guest) { g.AcpiShutdown(vm.ID) })
	}
	if c.wait(limit, func() bool { return vm.Power == Stopped || t.aborted }) && vm.Power == Stopped {
		return nil
	}
	t.say("VM quit/powerdown failed")
	if force {
		c.cut(vm)
		return nil
	}
	return errors.New("VM quit/powerdown failed - got timeout")
}
