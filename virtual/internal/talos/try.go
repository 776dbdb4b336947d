package talos

import (
	"time"

	"github.com/siderolabs/talos/pkg/machinery/config"
)

// try makes a config take effect for a time, after which the one before it comes back.
func (l *life) try(c config.Provider, limit time.Duration) {
	old := l.current()
	l.cancelTry()
	l.mutex.Lock()
	l.rollback = time.AfterFunc(limit, func() {
		if l.ctx.Err() == nil && old != nil {
			l.machine.tell("apply", "the machine config that was tried is taken back", "")
			l.change(old)
		}
	})
	l.mutex.Unlock()
	l.change(c)
}

func (l *life) cancelTry() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.rollback != nil {
		l.rollback.Stop()
		l.rollback = nil
	}
}
