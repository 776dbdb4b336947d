package process

import (
	"context"
	"fmt"
	"os"
	"time"
)

const (
	firstPause = 200 * time.Millisecond
	longPause  = 10 * time.Second
	// steady is how long a process must live for its next failure to count as the first again.
	steady = 30 * time.Second
)

func (p *Process) supervise(ctx context.Context, c *child) {
	defer close(p.done)
	pause := firstPause
	for {
		begun := time.Now()
		select {
		case <-ctx.Done():
			c.end()
			return
		case <-c.exited:
		}
		p.note(fmt.Sprintf("%s ended: %s", p.spec.Name, c.outcome()))
		if !p.spec.Restart {
			return
		}
		if time.Since(begun) > steady {
			pause = firstPause
		}
		if c = p.again(ctx, &pause); c == nil {
			return
		}
	}
}

// again starts the process anew after a pause that doubles each time; nil means that the context ended first.
func (p *Process) again(ctx context.Context, pause *time.Duration) *child {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(*pause):
		}
		*pause = min(*pause*2, longPause)
		c, err := p.run()
		if err == nil {
			return c
		}
		p.note(err.Error())
	}
}

// note writes a line of our own into the process's log; a log that can't be written has no better place to complain.
func (p *Process) note(line string) {
	f, err := os.OpenFile(p.spec.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	defer f.Close()
	fmt.Fprintf(f, "%s lab: %s\n", time.Now().Format(time.RFC3339), line)
}
