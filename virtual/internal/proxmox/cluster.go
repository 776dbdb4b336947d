package proxmox

import (
	"net/http"
	"sync"

	"starbase.example/virtual/internal/journal"
)

// Cluster is one simulated Proxmox VE cluster. All its methods may be called from any goroutine.
type Cluster struct {
	mutex sync.Mutex
	// changed is signalled whenever the state changes: tasks and requests wait on it for each other.
	changed *sync.Cond
	state   *State
	faults  []*Fault
	// blocked counts the workers of each host that wait for a server.
	blocked map[string]int
	clock   *Clock
	guests  *switchboard
	events  *journal.Log[Event]
	http    *http.Client
	file    string
	saved   []byte
}

// New makes the cluster: from the file that Options names if there is one, else from the setup.
func New(setup Setup, options Options) (*Cluster, error) {
	clock := NewClock(options.Speed)
	log, err := journal.Open(options.Events, func(e *Event, number int) { e.Number, e.Time = number, clock.Now() })
	if err != nil {
		return nil, err
	}
	c := &Cluster{
		clock: clock, events: log, blocked: map[string]int{}, http: options.HTTP, file: options.File,
	}
	c.changed = sync.NewCond(&c.mutex)
	if c.http == nil {
		c.http = http.DefaultClient
	}
	guest := options.Guest
	if guest == nil {
		guest = bare{c}
	}
	c.guests = newSwitchboard(guest)
	if c.state, err = load(options.File, setup); err != nil {
		return nil, err
	}
	c.afterRestart()
	return c, nil
}

// afterRestart tells guests about machines that were running when the state was written, and ends tasks that nobody
// works on any more.
func (c *Cluster) afterRestart() {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, t := range c.state.Tasks {
		if t.End.IsZero() {
			t.End, t.Exit = c.clock.Now(), "unexpected status"
		}
	}
	for _, vm := range c.state.VMs {
		vm.Lock = ""
		if vm.Power == Running && !vm.Dark {
			machine := c.machine(vm)
			c.guests.tell(vm.ID, func(g Guest) { g.PowerOn(machine) })
		}
	}
	c.touch()
}

// touch says that the state has changed: it is written, and whoever waits for a change looks again.
func (c *Cluster) touch() {
	c.save()
	c.changed.Broadcast()
}

// State returns a copy of everything the cluster knows.
func (c *Cluster) State() State {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.copyOfState()
}

// UnknownRequests is how many requests named an endpoint that is not simulated.
func (c *Cluster) UnknownRequests() (n int) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for _, times := range c.state.Unknown {
		n += times
	}
	return n
}
