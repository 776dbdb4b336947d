package talos

import (
	"context"
	"errors"
	"path"
	"slices"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Action is what a fault does.
type Action string

// What can go wrong: with a request, with a boot, with an installer.
const (
	// Refuse answers requests with an error instead of doing what they ask.
	Refuse Action = "refuse"
	// Hang answers nothing until the client gives up.
	Hang Action = "hang"
	// Reset breaks the machine's connections before anything is done; ResetAfter does what was asked and breaks them then.
	Reset      Action = "reset"
	ResetAfter Action = "reset-after"
	// Late opens the API later than a machine does; Slow makes the boot longer; Dark machines run and never answer.
	Late Action = "late"
	Slow Action = "slow"
	Dark Action = "dark"
	// NoTime machines are told no time, and NoImages ones get no images, when they boot: for Seconds, or until it is cleared.
	NoTime   Action = "no-time"
	NoImages Action = "no-images"
	// Spoil lets an installer fail.
	Spoil Action = "spoil"
)

// Fault is one thing that goes wrong, as often as Times says.
type Fault struct {
	Preset string `json:"preset"`
	Do     Action `json:"do"`
	// Method chooses requests by the method's own name: ApplyConfiguration.
	Method string `json:"method,omitempty"`
	// Machine narrows the choice to a machine by its name at the hypervisor; "" means any.
	Machine string `json:"machine,omitempty"`
	// Times is how often it happens; 0 means until the faults are cleared.
	Times   int        `json:"times,omitempty"`
	Hits    int        `json:"hits"`
	Code    codes.Code `json:"code,omitempty"`
	Text    string     `json:"text,omitempty"`
	Seconds float64    `json:"seconds,omitempty"`
}

// errFault is what an event says of a fault that has no text.
var errFault = errors.New("a fault that was asked for")

// faults are those that are set.
type faults struct {
	mutex sync.Mutex
	set   []*Fault
}

// strike finds the first fault that fits and has hits left, and uses one up; nil when there is none.
func (f *faults) strike(m *guest, method string, do ...Action) *Fault {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, fault := range f.set {
		for _, action := range do {
			if fault.Do == action && (fault.Method == "" || fault.Method == method) && (fault.Machine == "" || fault.Machine == m.label()) &&
				(fault.Times == 0 || fault.Hits < fault.Times) {
				fault.Hits++
				m.tell("fault", fault.Preset, "")
				hit := *fault
				return &hit
			}
		}
	}
	return nil
}

// isSet says whether a fault that has struck has not been cleared yet.
func (f *faults) isSet(hit *Fault) bool {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return slices.ContainsFunc(f.set, func(fault *Fault) bool { return fault.Preset == hit.Preset && fault.Machine == hit.Machine })
}

func (f *faults) slowBoot(m *guest) time.Duration { return f.strike(m, "", Slow).duration() }

func (f *faults) lateAPI(m *guest) time.Duration { return f.strike(m, "", Late).duration() }

func (f *faults) neverAnswers(m *guest) bool { return f.strike(m, "", Dark) != nil }

func (f *faults) installFails(m *guest) bool { return f.strike(m, "", Spoil) != nil }

func (f *Fault) duration() time.Duration {
	if f == nil {
		return 0
	}
	return time.Duration(f.Seconds * float64(time.Second))
}

// struck does what a request asks for, or what a fault makes of it.
func (l *life) struck(ctx context.Context, method string, do func() error) error {
	all, name := &l.machine.fleet.faults, path.Base(method)
	if f := all.strike(l.machine, name, Refuse, Hang, Reset); f != nil {
		switch f.Do {
		case Refuse:
			return status.Error(f.Code, f.Text)
		case Reset:
			return l.broken()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.ctx.Done():
			return l.broken()
		}
	}
	err := do()
	if all.strike(l.machine, name, ResetAfter) != nil {
		return l.broken()
	}
	return err
}

// broken breaks all connections to the machine's API.
func (l *life) broken() error {
	l.mutex.Lock()
	front := l.front
	l.mutex.Unlock()
	if front != nil {
		front.Break()
	}
	return status.Error(codes.Unavailable, "the connection was reset")
}
