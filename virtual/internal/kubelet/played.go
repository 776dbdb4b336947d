package kubelet

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/kubelet/workload"
	"starbase.example/virtual/internal/sandbox"
	"starbase.example/virtual/internal/sandbox/podlog"
)

// played is a running in-process workload, seen as if it were a process.
type played struct {
	cancel context.CancelFunc
	done   chan struct{}
	exit   sandbox.Exit
}

func (w *worker) startWorkload(play images.Play, c corev1.Container, log *podlog.Log, ready func(bool)) (running, error) {
	stand, exists := w.Workloads[play.Workload]
	if !exists {
		return nil, fmt.Errorf("workload %q for image %s is not given", play.Workload, c.Image)
	}
	// Not the pod's own context: like a process, a workload ends when it is told to.
	ctx, cancel := context.WithCancel(context.Background())
	p := &played{cancel: cancel, done: make(chan struct{})}
	go func() {
		stage := workload.Stage{
			Pod:       w.addressed(),
			Container: c,
			Node:      w.Node,
			Network:   w.namespace(),
			Log:       log,
			Ready:     ready,
		}
		if c.Name == stage.Pod.Spec.Containers[0].Name {
			stage.Sought = func(ctx context.Context, tell func([]int32)) { w.sought(ctx, stage.Pod, tell) }
		}
		err := stand.Play(ctx, stage)
		if err != nil && ctx.Err() == nil {
			log.Printf("virtual lab: %v", err)
			p.exit.Code = 1
		}
		p.exit.Finished = time.Now()
		close(p.done)
	}()
	return p, nil
}

func (p *played) Done() <-chan struct{} { return p.done }

func (p *played) Exit() sandbox.Exit {
	<-p.done
	return p.exit
}

// Stop waits for the workload's own end; grace has no meaning for it.
func (p *played) Stop(time.Duration) sandbox.Exit {
	p.cancel()
	return p.Exit()
}
