package kubelet

import (
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
)

const (
	// patience is the pause before something that failed is tried again.
	patience = time.Second
	// refresh is how often volumes are compared with the API, as in a kubelet.
	refresh = time.Minute
)

// live brings up network, volumes, init containers and containers, and returns
// when the pod is over or to be stopped.
func (w *worker) live() {
	if !w.connect() || !w.fill() {
		return
	}
	refreshed := make(chan struct{})
	defer func() { <-refreshed }()
	stopped := make(chan struct{})
	defer close(stopped)
	go func() {
		defer close(refreshed)
		w.keepFilled(stopped)
	}()

	var all sync.WaitGroup
	defer all.Wait()
	spec := w.pod().Spec
	untilSuccess := corev1.RestartPolicyOnFailure
	if spec.RestartPolicy == corev1.RestartPolicyNever {
		untilSuccess = corev1.RestartPolicyNever
	}
	for i, c := range spec.InitContainers {
		if c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways {
			all.Go(func() { w.contain(c, true, corev1.RestartPolicyAlways) })
		} else if !w.contain(c, true, untilSuccess) {
			return
		}
		w.advance(func(p *progress) { p.initialized = i + 1 })
	}
	for _, c := range spec.Containers {
		all.Go(func() { w.contain(c, false, spec.RestartPolicy) })
	}
}

// fill writes the volumes for the first time; what they are made of may come later than the pod.
func (w *worker) fill() bool {
	told := ""
	for {
		err := w.volumes.Update(w.ctx, w.addressed())
		if err == nil {
			return true
		}
		if w.ctx.Err() == nil && err.Error() != told {
			told = err.Error()
			w.events.Event(w.pod(), corev1.EventTypeWarning, "FailedMount", told)
		}
		if !w.pause(patience) {
			return false
		}
	}
}

// keepFilled looks after changes, for pods in which somebody would notice them.
func (w *worker) keepFilled(stopped <-chan struct{}) {
	if !w.anyReal() {
		return
	}
	for {
		select {
		case <-stopped:
			return
		case <-w.ctx.Done():
			return
		case <-time.After(refresh):
		}
		if err := w.volumes.Update(w.ctx, w.addressed()); err != nil && w.ctx.Err() == nil {
			w.events.Event(w.pod(), corev1.EventTypeWarning, "FailedMount", err.Error())
		}
	}
}

// anyReal tells whether a real program runs in the pod.
func (w *worker) anyReal() bool {
	for _, c := range w.pod().Spec.Containers {
		if w.Images.Find(c.Image, false, ownedByJob(w.pod())).Real() {
			return true
		}
	}
	return false
}

// pause is false when the pod is to be stopped meanwhile.
func (w *worker) pause(length time.Duration) bool {
	select {
	case <-w.ctx.Done():
		return false
	case <-time.After(length):
		return true
	}
}
