package process

import (
	"context"
	"fmt"
	"time"
)

const pollEvery = 100 * time.Millisecond

func (p *Process) awaitReady(ctx context.Context, c *child) error {
	if p.spec.Ready == nil {
		return nil
	}
	deadline := p.spec.Deadline
	if deadline == 0 {
		deadline = time.Minute
	}
	limited, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	for {
		last := p.spec.Ready(limited)
		if last == nil {
			return nil
		}
		select {
		case <-c.exited:
			return fmt.Errorf("%s ended before it was ready (%s); its last lines in %s:\n%s",
				p.spec.Name, c.outcome(), p.spec.Log, tail(p.spec.Log, p.start))
		case <-limited.Done():
			return fmt.Errorf("%s was not ready within %s: %w; its last lines in %s:\n%s",
				p.spec.Name, deadline, last, p.spec.Log, tail(p.spec.Log, p.start))
		case <-time.After(pollEvery):
		}
	}
}
