package proxmox

import (
	"strings"
)

// resizeDisk grows a disk, running or not: to a size, or by one that begins with +.
func resizeDisk(c *call) (any, error) {
	vm, err := c.vm("VM.Config.Disk")
	if err != nil {
		return nil, err
	}
	slot := c.params["disk"]
	v := c.volume(vm.Node, parseProperties(vm.Config[slot], "file")["file"])
	if v == nil {
		return nil, died("disk '%s' does not exist", slot)
	}
	if err := c.may("/storage/"+v.storage(), "Datastore.AllocateSpace"); err != nil {
		return nil, err
	}
	more, relative := strings.CutPrefix(c.params["size"], "+")
	size, err := parseSize(more)
	if err != nil {
		return nil, badParameter("size", "value does not match the regex pattern")
	}
	if relative {
		size += v.Size
	}
	if size < v.Size {
		return nil, died("shrinking disks is not supported")
	}
	return c.begin("resize", vmID(vm.ID), func(*Task) error {
		return c.holding(vm, func() error { return c.grow(vm, slot, v, size) })
	}), nil
}

func (c *Cluster) grow(vm *VM, slot string, v *Volume, size int64) error {
	if err := vm.locked(); err != nil {
		return err
	}
	if v.Size == size {
		return nil
	}
	v.Size = size
	p := parseProperties(vm.Config[slot], "file")
	p["size"] = printSize(size)
	vm.Config[slot] = p.print("file")
	if vm.Power == Running {
		disk := c.disk(slot, v)
		c.guests.tell(vm.ID, func(g Guest) { g.DiskResized(vm.ID, disk) })
	}
	return nil
}

// moveDisk copies a disk to another storage; with delete=1 the old image goes, else it stays as unused.
func moveDisk(c *call) (any, error) {
	vm, err := c.vm("VM.Config.Disk")
	if err != nil {
		return nil, err
	}
	slot, target := c.params["disk"], c.params["storage"]
	v := c.volume(vm.Node, parseProperties(vm.Config[slot], "file")["file"])
	switch {
	case v == nil:
		return nil, died("disk '%s' does not exist", slot)
	case v.storage() == target && (c.params["format"] == "" || c.params["format"] == v.Format):
		return nil, died("you can't move to the same storage with same format")
	}
	if err := c.may("/storage/"+target, "Datastore.AllocateSpace"); err != nil {
		return nil, err
	}
	return c.begin("qmmove", vmID(vm.ID), func(*Task) error {
		return c.holding(vm, func() error { return c.moveTo(vm, slot, v, target) })
	}), nil
}

func (c *call) moveTo(vm *VM, slot string, v *Volume, target string) error {
	format := c.params["format"]
	if s := c.state.Storages[target]; format == "" && s != nil && s.Type == "dir" {
		format = v.Format
	}
	moved, err := c.allocate(vm.Node, vm.ID, target, image{name: "disk", format: format, size: v.Size})
	if err != nil {
		return err
	}
	// The content is the same: for the guest it is the same disk.
	moved.Generation, moved.Origin, moved.URL, moved.Data = v.Generation, v.Origin, v.URL, v.Data
	p := parseProperties(vm.Config[slot], "file")
	p["file"] = moved.ID
	if c.params["delete"] == "1" {
		c.drop(v)
		vm.Config[slot] = p.print("file")
		return nil
	}
	c.remove(vm, slot)
	delete(vm.Pending, slot)
	vm.Config[slot] = p.print("file")
	return nil
}
