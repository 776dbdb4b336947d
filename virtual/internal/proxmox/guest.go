package proxmox

import "sync"

// Guest is what runs in the machines: the other end of their power switches, disks and network cards.
//
// For one machine, calls come one after the other in the order of events; for different machines they come at the same
// time. A call may take as long as it needs and may call the cluster back.
type Guest interface {
	// PowerOn: the machine has power. It boots from what the description names, or doesn't.
	PowerOn(Machine)
	// AcpiShutdown: somebody asks the guest to power off. When it has, it calls GuestPoweredOff; it may ignore it.
	AcpiShutdown(vmid int)
	// PowerCut: the power is gone at once; whatever ran is dead. Disks keep what was written.
	PowerCut(vmid int)
	// Reset: the reset button. Everything that ran is dead, and it boots again with the same description.
	Reset(vmid int)
	// DiskResized: a disk of the running machine has grown.
	DiskResized(vmid int, disk Disk)
	// Migrated: the machine goes on running on another host.
	Migrated(vmid int, node string)
	// Destroyed: machine and disks are gone for good. It was off before.
	Destroyed(vmid int)
}

// bare is a machine without an operating system worth the name: it obeys the power button.
type bare struct{ cluster *Cluster }

func (bare) PowerOn(Machine)         {}
func (b bare) AcpiShutdown(vmid int) { b.cluster.GuestPoweredOff(vmid) }
func (bare) PowerCut(int)            {}
func (bare) Reset(int)               {}
func (bare) DiskResized(int, Disk)   {}
func (bare) Migrated(int, string)    {}
func (bare) Destroyed(int)           {}

// switchboard hands events to the guest: in order per machine, without the cluster's mutex.
type switchboard struct {
	guest  Guest
	mutex  sync.Mutex
	queues map[int][]func(Guest)
}

func newSwitchboard(g Guest) *switchboard {
	return &switchboard{guest: g, queues: map[int][]func(Guest){}}
}

func (s *switchboard) tell(vmid int, event func(Guest)) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	_, delivering := s.queues[vmid]
	s.queues[vmid] = append(s.queues[vmid], event)
	if !delivering {
		go s.deliver(vmid)
	}
}

func (s *switchboard) deliver(vmid int) {
	for {
		s.mutex.Lock()
		if len(s.queues[vmid]) == 0 {
			delete(s.queues, vmid)
			s.mutex.Unlock()
			return
		}
		next := s.queues[vmid][0]
		s.queues[vmid] = s.queues[vmid][1:]
		s.mutex.Unlock()
		next(s.guest)
	}
}
