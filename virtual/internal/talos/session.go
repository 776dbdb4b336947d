package talos

import (
	"context"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/google/uuid"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/proxmox"
)

// How long things take on a real machine, roughly.
const (
	bootTime     = 20 * time.Second
	startTime    = 5 * time.Second
	agentTime    = 3 * time.Second
	installTime  = 20 * time.Second
	shutdownTime = 3 * time.Second
)

// refusing is how long a machine that reboots is still on the network without its API, however fast the machines are:
// talosctl looks once a second, and a machine that was never away for it is waited for in vain.
const refusing = 2500 * time.Millisecond

// session is a machine's time from power on to power off, with as many lives as it is rebooted in it.
type session struct {
	machine *guest
	vm      proxmox.Machine
	ctx     context.Context
	end     context.CancelFunc
	// done is closed when nothing of the session runs any more.
	done chan struct{}

	mutex sync.Mutex
	node  *lan.Node
	life  *life
}

// next is how a life ends.
type next int

const (
	// dead: there is no power any more.
	dead next = iota
	// off: the machine powers itself off.
	off
	// reboot: it boots again.
	reboot
	// goOn: it boots on, with a machine config that it was given in maintenance mode.
	goOn
)

// run boots until the machine is off. A machine that can't boot runs and never answers, as in life.
func (s *session) run() {
	defer close(s.done)
	defer s.unplug()
	id := uuid.NewString()
	if !s.bootUp() {
		return
	}
	for {
		l, err := s.boot(id)
		if err != nil {
			s.machine.tell("dark", "never answers", err.Error())
			<-s.ctx.Done()
			return
		}
		switch l.run() {
		case dead:
			return
		case off:
			s.unplug()
			s.machine.forget(s)
			s.machine.tell("power", "powered itself off", "")
			s.machine.fleet.hypervisor.GuestPoweredOff(s.vm.VMID)
			return
		case reboot:
			select {
			case <-s.ctx.Done():
				return
			case <-time.After(refusing):
			}
			s.unplug()
			id = uuid.NewString()
			s.machine.fleet.hypervisor.GuestRebooted(s.vm.VMID)
			if !s.bootUp() {
				return
			}
		case goOn:
		}
	}
}

// bootUp is what firmware and kernel take. A lab that ends boots nothing any more.
func (s *session) bootUp() bool {
	s.machine.tell("boot", "boots", "")
	slow := s.machine.fleet.faults.slowBoot(s.machine)
	if !s.machine.pass(s.ctx, bootTime+slow) {
		return false
	}
	if s.machine.fleet.options.Orderly.Err() != nil {
		<-s.ctx.Done()
		return false
	}
	return true
}

// plug gives the machine its place on the LAN; one that has it already keeps it.
func (s *session) plug(address netip.Prefix) (*lan.Node, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.node != nil && s.node.Address() == address.Addr() {
		return s.node, nil
	}
	if s.node != nil {
		if err := s.remove(); err != nil {
			return nil, err
		}
	}
	if s.ctx.Err() != nil {
		return nil, s.ctx.Err()
	}
	node, err := s.machine.fleet.options.LAN.AddNode(s.vm.Name, address)
	if err != nil {
		return nil, fmt.Errorf("the LAN: %w", err)
	}
	s.node = node
	return node, nil
}

// unplug takes the machine off the LAN.
func (s *session) unplug() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.node == nil {
		return
	}
	if err := s.remove(); err != nil {
		s.machine.tell("error", "left the LAN badly", err.Error())
	}
}

func (s *session) remove() error {
	node := s.node
	s.node = nil
	return s.machine.fleet.options.LAN.RemoveNode(node.Name())
}

// living is the life at the moment; nil while the machine boots or when it is dark.
func (s *session) living() *life {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.life
}

func (s *session) lives(l *life) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.life = l
}
