package proxmox

import "fmt"

// situations are presets that are a state of the cluster rather than an event.
var situations = []Preset{
	{
		Name: "vmid-taken", Description: "a machine of another stack has the requested id (vmid, node)",
		Seen:    "bpg#186, bpg#1711; adoption by provider 0.111.1",
		Outcome: Outcome{Up: "fails", Says: "somebody-elses", Next: "makes the machine, once the id is free; without the look ahead provider 0.111.1 would take the foreign one over"},
		prepare: func(c *Cluster, a Ask) error {
			if c.state.VMs[a.VMID] != nil {
				return fmt.Errorf("machine %d exists already", a.VMID)
			}
			if c.state.Nodes[a.Node] == nil {
				return fmt.Errorf("there is no node %q", a.Node)
			}
			disk, err := c.allocate(a.Node, a.VMID, "local-lvm", image{name: "disk", size: 8 * gib})
			if err != nil {
				return err
			}
			c.state.VMs[a.VMID] = &VM{
				ID: a.VMID, Node: a.Node, Power: Stopped, Created: c.clock.Now(),
				Config: Config{"name": "somebody-elses", "memory": "512", "cores": "1", "scsi0": disk.ID + ",size=8G"},
			}
			return nil
		},
	},
	{
		Name: "vm-vanished", Description: "somebody has removed a machine by hand (vmid)",
		Seen:    "bpg issue list, facts: case 25",
		Outcome: Outcome{Up: "succeeds", Next: "after a refresh, makes the machine again; a destroy without one fails"},
		prepare: func(c *Cluster, a Ask) error {
			vm := c.state.VMs[a.VMID]
			if vm == nil {
				return fmt.Errorf("there is no machine %d", a.VMID)
			}
			if vm.Power == Running {
				c.cut(vm)
			}
			c.forget(vm)
			c.guests.tell(vm.ID, func(g Guest) { g.Destroyed(vm.ID) })
			return nil
		},
	},
	{
		Name: "file-exists", Description: "the file to download exists already and belongs to no stack (node, volume)",
		Seen:    "bpg#1034, bpg#1064",
		Outcome: Outcome{Up: "succeeds", Next: "plans nothing; without overwriteUnmanaged the first fails: refusing to override existing file"},
		prepare: func(c *Cluster, a Ask) error {
			if c.state.Storages[storageOf(a.Volume)] == nil {
				return fmt.Errorf("volume %q: there is no such storage", a.Volume)
			}
			_, err := c.keep(a.Node, &Volume{ID: a.Volume, Content: "import", Format: formatOf(a.Volume), Size: mib, Virtual: gib})
			return err
		},
	},
	{
		Name: "power-cut", Description: "a machine loses its power (vmid)",
		Seen:    "life",
		Outcome: Outcome{Up: "succeeds", Next: "after a refresh, starts the machine"},
		prepare: func(c *Cluster, a Ask) error {
			vm := c.state.VMs[a.VMID]
			if vm == nil || vm.Power != Running {
				return fmt.Errorf("no machine %d is running", a.VMID)
			}
			c.cut(vm)
			return nil
		},
	},
}
