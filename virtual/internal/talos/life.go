package talos

import (
	"context"
	"net/netip"
	"sync"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/config"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/talos/apid"
)

// life is a machine from a boot to the next: in maintenance mode, or with a machine config.
type life struct {
	session *session
	machine *guest
	disk    *disk
	node    *lan.Node
	// prefix is the node's address, with the length of the LAN's.
	prefix netip.Prefix
	bootID string
	begun  time.Time
	ctx    context.Context
	end    context.CancelFunc

	// version, schematic and platform are what was booted; the disk may hold others already.
	version, schematic, platform string
	events                       *feed
	resources                    *resources
	// runtime is nil in maintenance mode.
	runtime Runtime
	// ready is closed when nothing keeps kubelet and etcd from starting any more.
	ready   chan struct{}
	stopped sync.Once
	// leaving gets the one sequence that ends this life.
	leaving chan sequence
	// ending counts what must end before the life does: workers' requests for certificates, watchers.
	ending sync.WaitGroup

	mutex  sync.Mutex
	config config.Provider
	// front is nil until the API answers, certs until there are any.
	front    *apid.Front
	certs    *certificates
	stage    machine.MachineStatusEvent_MachineStage
	busy     bool
	rollback *time.Timer
	// waiting is what kubelet and etcd wait for until ready is closed.
	waiting Service
	// upgrading is held while an installer runs.
	upgrading sync.Mutex
}

// boot finds the disk and the address, and makes the life that follows. An error is why the machine will never answer.
func (s *session) boot(bootID string) (*life, error) {
	d, err := s.bootDisk()
	if err != nil {
		return nil, err
	}
	c, err := d.config()
	if err != nil {
		return nil, err
	}
	address, err := s.address(c, d.get(onDiskPlatform))
	if err != nil {
		return nil, err
	}
	if s.machine.fleet.faults.neverAnswers(s.machine) {
		return nil, errFault
	}
	node, err := s.plug(address)
	if err != nil {
		return nil, err
	}
	l := &life{session: s, machine: s.machine, disk: d, node: node, prefix: address, bootID: bootID, begun: time.Now(), config: c,
		version: d.get(onDiskVersion), schematic: d.get(onDiskSchematic), platform: d.get(onDiskPlatform), events: newFeed(), leaving: make(chan sequence, 1), ready: make(chan struct{}), waiting: forTime}
	l.ctx, l.end = context.WithCancel(s.ctx)
	if l.resources, err = newResources(); err != nil {
		l.end()
		return nil, err
	}
	return l, nil
}

// run is the whole life; it returns how it ended, when nothing of it runs any more.
func (l *life) run() next {
	defer l.end()
	l.resources.describe(l)
	if l.configured() {
		l.work()
	} else {
		l.machine.tell("stage", "maintenance", l.version)
		l.enter(machine.MachineStatusEvent_MAINTENANCE, false)
	}
	// Nobody sees a life before its runtime has started.
	l.session.lives(l)
	defer l.session.lives(nil)
	stop := l.serve()
	how := l.await()
	l.end()
	stop(how)
	l.rest(how != dead)
	l.ending.Wait()
	return how
}

// work starts what a machine does once it is configured.
func (l *life) work() {
	l.machine.tell("stage", "configured", l.version)
	l.enter(machine.MachineStatusEvent_BOOTING, false)
	l.runtime = l.machine.fleet.options.Runtime(l.machine.vmid)
	if err := l.runtime.Start(l.ctx, l.described()); err != nil {
		l.machine.tell("error", "the runtime does not start", err.Error())
	}
	l.ending.Go(l.prepare)
	l.ending.Go(l.becomeReady)
	l.ending.Go(l.startAgent)
	l.ending.Go(l.watch)
}

// rest ends what the machine does for its cluster.
func (l *life) rest(graceful bool) {
	if l.runtime == nil {
		return
	}
	l.stopped.Do(func() {
		if graceful && l.hasExtension(agentExtension) {
			l.machine.fleet.hypervisor.AgentDown(l.machine.vmid)
		}
		l.runtime.Stop(graceful)
	})
}

// described is the machine as its runtime sees it.
func (l *life) described() Configured {
	return Configured{VMID: l.machine.vmid, Node: l.node, Config: l.current(), Hostname: l.hostname(), Folder: l.disk.folder(), Ready: l.ready}
}

// becomeReady lets the services start: until then the machine is booting, and can't be bootstrapped.
func (l *life) becomeReady() {
	if l.machine.pass(l.ctx, startTime) {
		l.enter(machine.MachineStatusEvent_RUNNING, true)
	}
}

// await waits for the end: of the power, or by a sequence that succeeds.
func (l *life) await() next {
	for {
		select {
		case <-l.ctx.Done():
			return dead
		case s := <-l.leaving:
			if how, ended := l.perform(s); ended {
				return how
			}
		}
	}
}

func (l *life) configured() bool { return l.current() != nil }

// current is the machine config in force; nil in maintenance mode.
func (l *life) current() config.Provider {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.config
}

// hostname is what the machine config says, else what the cloud-init drive says.
func (l *life) hostname() string {
	if c := l.current(); c != nil {
		if h := c.NetworkHostnameConfig(); h != nil && h.Hostname() != "" {
			return h.Hostname()
		}
	}
	if drive := l.session.vm.CloudInit; drive != nil {
		return hostnameOf(drive.UserData)
	}
	return l.session.vm.Name
}
