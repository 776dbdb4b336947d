package talos

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/api/common"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
)

// sequence is how a machine leaves what it does: a reboot, a shutdown, a reset. Its steps are those of Talos' sequences
// that can be seen from outside.
type sequence struct {
	// name is Talos' own; what and why go into the event log.
	name, what, why string
	actor           string
	stage           machine.MachineStatusEvent_MachineStage
	// drain cordons and evicts; leave takes the machine out of etcd. Strict: what fails in drain ends the sequence.
	drain, leave, strict bool
	// last is done when nothing runs any more.
	last func(context.Context) error
	then next
}

var errLocked = errors.New("locked")

// begin starts a sequence. Only one runs at a time.
func (l *life) begin(s sequence) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.busy {
		l.events.publish(s.actor, &machine.SequenceEvent{Sequence: s.name, Action: machine.SequenceEvent_NOOP,
			Error: &common.Error{Code: common.Code_LOCKED, Message: "sequence not started: locked"}})
		return errLocked
	}
	l.busy = true
	l.leaving <- s
	return nil
}

// perform goes through a sequence. One that fails before anything was stopped leaves the machine as it is.
func (l *life) perform(s sequence) (how next, ended bool) {
	if s.then == goOn {
		return goOn, true
	}
	l.machine.tell(s.name, s.what, s.why)
	l.events.publish(s.actor, &machine.SequenceEvent{Sequence: s.name, Action: machine.SequenceEvent_START})
	l.enter(s.stage, false)
	if err := l.takeLeave(s); err != nil {
		if l.ctx.Err() != nil {
			return dead, true
		}
		l.machine.tell("error", s.name+" failed", err.Error())
		l.events.publish(s.actor, &machine.SequenceEvent{Sequence: s.name, Action: machine.SequenceEvent_NOOP,
			Error: &common.Error{Code: common.Code_FATAL, Message: err.Error()}})
		l.enter(machine.MachineStatusEvent_RUNNING, true)
		l.mutex.Lock()
		l.busy = false
		l.mutex.Unlock()
		return 0, false
	}
	l.rest(true)
	l.events.publish(s.actor, &machine.TaskEvent{Task: "stopAllServices", Action: machine.TaskEvent_START})
	if !l.machine.pass(l.ctx, shutdownTime) {
		return dead, true
	}
	if s.last != nil {
		if err := s.last(l.ctx); err != nil {
			l.machine.tell("error", s.name+" did not finish", err.Error())
		}
	}
	return s.then, true
}

// takeLeave is what a machine does for its cluster before it goes.
func (l *life) takeLeave(s sequence) error {
	if l.runtime == nil {
		return nil
	}
	if s.drain {
		l.phase(s, "drain")
		if err := l.limited(l.runtime.Drain); err != nil {
			if s.strict {
				return fmt.Errorf("drain: %w", err)
			}
			l.machine.tell("error", "drain failed, and the "+s.name+" goes on", err.Error())
		}
	}
	if s.leave && l.isControlPlane() {
		l.phase(s, "leave")
		if err := l.limited(l.runtime.EtcdLeave); err != nil && !errors.Is(err, ErrNoEtcd) {
			return fmt.Errorf("failed to leave cluster: %w", err)
		}
	}
	return l.ctx.Err()
}

// patience is how long Talos drains a node, and tries to leave etcd.
const patience = 5 * time.Minute

func (l *life) limited(do func(context.Context) error) error {
	ctx, end := context.WithTimeout(l.ctx, patience)
	defer end()
	return do(ctx)
}

func (l *life) phase(s sequence, name string) {
	l.events.publish(s.actor, &machine.PhaseEvent{Phase: name, Action: machine.PhaseEvent_START})
}

func (l *life) isControlPlane() bool {
	c := l.current()
	return c != nil && c.Machine().Type().IsControlPlane()
}
