package lab

import (
	"context"
	"sync"
	"time"

	"starbase.example/virtual/internal/report"
)

// progress remembers the steps of a start for everybody who asks, also later.
type progress struct {
	mutex   sync.Mutex
	steps   []report.Step
	over    bool
	changed chan struct{}
}

func newProgress() *progress { return &progress{changed: make(chan struct{})} }

// step runs one step and reports it.
func (p *progress) step(name string, do func() error) error {
	begun := time.Now()
	p.add(report.Step{Name: name})
	err := do()
	done := report.Step{Name: name, Ended: true, Took: time.Since(begun)}
	if err != nil {
		done.Error = err.Error()
	}
	p.add(done)
	return err
}

func (p *progress) add(s report.Step) { p.change(func() { p.steps = append(p.steps, s) }) }

// end says that no step follows.
func (p *progress) end() { p.change(func() { p.over = true }) }

func (p *progress) change(how func()) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	how()
	close(p.changed)
	p.changed = make(chan struct{})
}

// follow hands out all steps, past ones first, until the start is over, the listener fails or ctx ends.
func (p *progress) follow(ctx context.Context, hear func(report.Step) error) {
	for heard := 0; ; {
		p.mutex.Lock()
		fresh, over, changed := p.steps[heard:], p.over, p.changed
		p.mutex.Unlock()
		for _, s := range fresh {
			if hear(s) != nil {
				return
			}
		}
		heard += len(fresh)
		if over {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}
