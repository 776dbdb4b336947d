package proxmox

import (
	"fmt"
	"maps"
)

// Interface is a network interface as the guest agent reports it.
type Interface struct {
	Name      string   `json:"name"`
	MAC       string   `json:"mac"`
	Addresses []string `json:"addresses"` // with prefix length: 192.168.1.11/24
}

// GuestPoweredOff: the guest has powered itself off; QEMU ends.
func (c *Cluster) GuestPoweredOff(vmid int) {
	c.fromGuest(vmid, "powered off by the guest", func(vm *VM) { c.off(vm) })
}

// GuestRebooted: the guest has restarted itself. QEMU goes on running, so no pending change takes effect: that needs
// the machine to be stopped and started.
func (c *Cluster) GuestRebooted(vmid int) {
	c.fromGuest(vmid, "rebooted by the guest", func(vm *VM) { vm.Agent = nil })
}

// AgentUp: the guest agent answers and reports these interfaces.
func (c *Cluster) AgentUp(vmid int, interfaces []Interface) {
	c.fromGuest(vmid, "agent up", func(vm *VM) { vm.Agent = append([]Interface{}, interfaces...) })
}

// AgentDown: the guest agent answers no more.
func (c *Cluster) AgentDown(vmid int) {
	c.fromGuest(vmid, "agent down", func(vm *VM) { vm.Agent = nil })
}

func (c *Cluster) fromGuest(vmid int, what string, do func(*VM)) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if vm := c.state.VMs[vmid]; vm != nil && vm.Power == Running {
		c.powerEvent(vm, what)
		do(vm)
		c.touch()
	}
}

// DiskData reads what the guest wrote to the disk in a slot (scsi0): nothing, on a disk that is new.
func (c *Cluster) DiskData(vmid int, slot string) (map[string]string, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	v, err := c.diskIn(vmid, slot)
	if err != nil {
		return nil, err
	}
	return maps.Clone(v.Data), nil
}

// WriteDisk replaces what the guest keeps on the disk in a slot. It lives and dies with the volume: a disk that is
// removed or imported again has lost it.
func (c *Cluster) WriteDisk(vmid int, slot string, data map[string]string) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	v, err := c.diskIn(vmid, slot)
	if err != nil {
		return err
	}
	v.Data = maps.Clone(data)
	c.touch()
	return nil
}

func (c *Cluster) diskIn(vmid int, slot string) (*Volume, error) {
	vm := c.state.VMs[vmid]
	if vm == nil {
		return nil, fmt.Errorf("there is no machine %d", vmid)
	}
	v := c.volume(vm.Node, parseProperties(vm.Config[slot], "file")["file"])
	if v == nil {
		return nil, fmt.Errorf("machine %d has no disk %s", vmid, slot)
	}
	return v, nil
}
