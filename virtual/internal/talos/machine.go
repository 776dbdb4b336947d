package talos

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"starbase.example/virtual/internal/proxmox"
)

// guest is a virtual machine, on or off.
type guest struct {
	fleet *Fleet
	vmid  int

	mutex   sync.Mutex
	name    string
	session *session
}

// on gives the machine power.
func (m *guest) on(vm proxmox.Machine) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.name = vm.Name
	ctx, end := context.WithCancel(m.fleet.options.Whole)
	m.session = &session{machine: m, vm: vm, ctx: ctx, end: end, done: make(chan struct{})}
	go m.session.run()
}

// cut takes the power away: first the network, so that the machine can't take leave of anybody, then all that runs.
func (m *guest) cut(why string) {
	m.mutex.Lock()
	s := m.session
	m.session = nil
	m.mutex.Unlock()
	if s == nil {
		return
	}
	m.tell("power", why, "")
	s.unplug()
	s.end()
	<-s.done
}

// forget is a session's last word when it ends by itself.
func (m *guest) forget(s *session) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	if m.session == s {
		m.session = nil
	}
}

func (m *guest) current() *session {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.session
}

// label is the machine's name at the hypervisor; "" before its first boot.
func (m *guest) label() string {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.name
}

// tell writes an event of this machine.
func (m *guest) tell(kind, what, reason string) {
	m.fleet.journal.Add(Event{Kind: kind, What: what, VMID: m.vmid, Machine: m.label(), Reason: reason})
}

// folder holds the folders of the machine's disks.
func (m *guest) folder() string {
	return filepath.Join(m.fleet.options.Folder, fmt.Sprint(m.vmid))
}

// pass lets some of a real machine's time pass; false means that ctx ended first.
func (m *guest) pass(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(time.Duration(float64(d) / m.fleet.options.Speed)):
		return true
	}
}
