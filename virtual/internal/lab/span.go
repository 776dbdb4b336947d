package lab

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"
)

// span is a time with an end.
type span struct {
	context.Context
	end context.CancelFunc
}

func within(outer context.Context) span {
	ctx, end := context.WithCancel(outer)
	return span{ctx, end}
}

// pause is what lies between the end of a part and its next start.
const pause = time.Second

// duties are the parts of a machine's work for the cluster: kubelet and forwarder.
type duties struct {
	work    span
	running sync.WaitGroup
}

// run keeps a part going, as a machine's init does: a part that ends by itself says why in the lab's log and is started
// again.
func (d *duties) run(part func(context.Context) error) {
	ctx := d.work.Context
	d.running.Go(func() {
		for ctx.Err() == nil {
			if err := part(ctx); err != nil && ctx.Err() == nil {
				fmt.Fprintln(os.Stderr, err)
			}
			select {
			case <-ctx.Done():
			case <-time.After(pause):
			}
		}
	})
}

// end ends all parts and returns when they have ended.
func (d *duties) end() {
	d.work.end()
	d.running.Wait()
}
