package kubelet

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"starbase.example/virtual/internal/sandbox"
)

// The states of a container, each as one change of its status.

func nowWaiting(s *corev1.ContainerStatus, reason, message string) {
	if s.State.Terminated != nil {
		s.LastTerminationState = s.State
	}
	s.State = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
	s.Ready, s.Started = false, new(false)
}

func nowRunning(s *corev1.ContainerStatus, pod types.UID, number int) {
	if s.State.Terminated != nil {
		s.LastTerminationState = s.State
	}
	s.State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: metav1.Now()}}
	s.Ready, s.Started = false, new(false)
	s.RestartCount = int32(number)
	s.ContainerID = fmt.Sprintf("starbase://%s/%s/%d", pod, s.Name, number)
	s.ImageID = s.Image
}

func nowTerminated(s *corev1.ContainerStatus, exit sandbox.Exit) {
	reason := "Completed"
	if exit.Code != 0 {
		reason = "Error"
	}
	ended := &corev1.ContainerStateTerminated{
		ExitCode:    int32(exit.Code),
		Signal:      int32(exit.Signal),
		Reason:      reason,
		FinishedAt:  metav1.NewTime(exit.Finished),
		ContainerID: s.ContainerID,
	}
	if s.State.Running != nil {
		ended.StartedAt = s.State.Running.StartedAt
	}
	s.State = corev1.ContainerState{Terminated: ended}
	// A container that has done its work stays "ready" in no list but that of
	// init containers, where Ready means that it succeeded.
	s.Ready, s.Started = false, new(false)
}

// state changes one container's status and has it reported. The change runs
// under the worker's lock and must not ask the worker anything.
func (w *worker) state(container string, init bool, change func(*corev1.ContainerStatus)) {
	w.advance(func(p *progress) {
		list := p.containers
		if init {
			list = p.init
		}
		for i := range list {
			if list[i].Name == container {
				change(&list[i])
			}
		}
	})
}

// advance changes the pod's progress and has it reported.
func (w *worker) advance(change func(*progress)) {
	w.mutex.Lock()
	change(&w.progress)
	w.mutex.Unlock()
	w.wake()
}

func (w *worker) wake() {
	select {
	case w.dirty <- struct{}{}:
	default:
	}
}
