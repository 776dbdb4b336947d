package talos

import (
	"cmp"
	"slices"
	"sync"

	"starbase.example/virtual/internal/journal"
	"starbase.example/virtual/internal/proxmox"
)

// Fleet is all machines. It is the proxmox.Guest of a cluster.
type Fleet struct {
	options Options
	journal *journal.Log[Event]
	faults  faults
	// hypervisor is there once attached is closed.
	hypervisor Hypervisor
	attached   chan struct{}

	mutex    sync.Mutex
	machines map[int]*guest
}

var _ proxmox.Guest = (*Fleet)(nil)

// New makes a fleet without machines: they come by PowerOn. Nothing boots before Attach.
func New(o Options) (*Fleet, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	j, err := openJournal(o.Events, o.Log)
	if err != nil {
		return nil, err
	}
	f := &Fleet{options: o, journal: j, attached: make(chan struct{}), machines: map[int]*guest{}}
	return f, nil
}

// Attach names the hypervisor, once. A cluster needs its guest before it is there itself, so this is not among the options.
func (f *Fleet) Attach(h Hypervisor) {
	f.hypervisor = h
	close(f.attached)
}

// Wait returns when nothing runs on any machine any more, after the end of Options.Whole.
func (f *Fleet) Wait() {
	for _, m := range f.all() {
		if s := m.current(); s != nil {
			<-s.done
		}
	}
}

// machine finds a machine, and makes it when its id is new.
func (f *Fleet) machine(vmid int) *guest {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	m := f.machines[vmid]
	if m == nil {
		m = &guest{fleet: f, vmid: vmid}
		f.machines[vmid] = m
	}
	return m
}

func (f *Fleet) all() []*guest {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var all []*guest
	for _, m := range f.machines {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b *guest) int { return cmp.Compare(a.vmid, b.vmid) })
	return all
}

// lives are the machines that answer at the moment.
func (f *Fleet) lives() []*life {
	var all []*life
	for _, m := range f.all() {
		if s := m.current(); s != nil {
			if l := s.living(); l != nil {
				all = append(all, l)
			}
		}
	}
	return all
}
