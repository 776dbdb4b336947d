package kubelet

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/kubelet/probes"
	"starbase.example/virtual/internal/sandbox"
)

// attend watches a running container until it ends by itself, fails its
// startup or liveness probe, or is to be stopped.
func (w *worker) attend(c corev1.Container, init, real bool, process running, ready func(bool)) sandbox.Exit {
	w.events.Eventf(w.pod(), corev1.EventTypeNormal, "Started", "Started container %s", c.Name)
	ctx, cancel := context.WithCancel(w.ctx)
	defer cancel()
	unhealthy := make(chan error, 2)
	if real {
		go w.probe(ctx, c, init, ready, unhealthy)
	} else {
		w.state(c.Name, init, func(s *corev1.ContainerStatus) { s.Started = new(true) })
	}
	select {
	case <-process.Done():
		return process.Exit()
	case err := <-unhealthy:
		w.events.Eventf(w.pod(), corev1.EventTypeNormal, "Killing", "Container %s will be restarted: %v", c.Name, err)
		return process.Stop(w.ownGrace(c))
	case <-w.ctx.Done():
		w.mutex.Lock()
		grace := w.grace
		w.mutex.Unlock()
		return process.Stop(grace)
	}
}

// ownGrace is the pod's grace period, for a container that is restarted.
func (w *worker) ownGrace(c corev1.Container) time.Duration {
	grace := w.pod().Spec.TerminationGracePeriodSeconds
	if c.LivenessProbe != nil && c.LivenessProbe.TerminationGracePeriodSeconds != nil {
		grace = c.LivenessProbe.TerminationGracePeriodSeconds
	}
	if grace == nil {
		return 30 * time.Second
	}
	return time.Duration(*grace) * time.Second
}

// probe executes a real container's probes: first startup, then readiness and
// liveness side by side.
func (w *worker) probe(ctx context.Context, c corev1.Container, init bool, ready func(bool), unhealthy chan<- error) {
	if !w.passStartup(ctx, c, unhealthy) {
		return
	}
	w.state(c.Name, init, func(s *corev1.ContainerStatus) { s.Started = new(true) })
	if check := w.check(c.LivenessProbe, c); check != nil {
		go probes.Watch(ctx, *c.LivenessProbe, check, func(err error) {
			if err != nil {
				w.complain(c, "Liveness", err, unhealthy)
			}
		})
	}
	check := w.check(c.ReadinessProbe, c)
	if check == nil {
		ready(true)
		return
	}
	probes.Watch(ctx, *c.ReadinessProbe, check, func(err error) {
		ready(err == nil)
		if err != nil {
			w.complain(c, "Readiness", err, nil)
		}
	})
}

// passStartup is false when the container failed its startup probe or ended.
func (w *worker) passStartup(ctx context.Context, c corev1.Container, unhealthy chan<- error) bool {
	check := w.check(c.StartupProbe, c)
	if check == nil {
		return true
	}
	ctx, decided := context.WithCancel(ctx)
	defer decided()
	passed := false
	probes.Watch(ctx, *c.StartupProbe, check, func(err error) {
		passed = err == nil
		if err != nil {
			w.complain(c, "Startup", err, unhealthy)
		}
		decided()
	})
	return passed
}

func (w *worker) check(probe *corev1.Probe, c corev1.Container) probes.Check {
	if probe == nil {
		return nil
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return probes.For(*probe, c, w.address, w.Node.Namespace().Dial)
}

// complain tells people, and for probes that end a container the one who attends it.
func (w *worker) complain(c corev1.Container, kind string, err error, unhealthy chan<- error) {
	w.events.Eventf(w.pod(), corev1.EventTypeWarning, "Unhealthy", "%s probe of container %s failed: %v", kind, c.Name, err)
	if unhealthy == nil {
		return
	}
	select {
	case unhealthy <- fmt.Errorf("%s probe failed: %w", kind, err):
	default:
	}
}
