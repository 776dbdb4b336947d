package kubelet

import (
	"context"
	"encoding/json"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/strategicpatch"
)

// report writes the pod's status into the API whenever it changed, until the
// pod is over, and then its last word. What couldn't be written is tried again.
func (w *worker) report(over <-chan struct{}) {
	w.wake()
	for {
		select {
		case <-over:
			// When the lab ends, the status stays as it was: the pod goes on
			// with the next start.
			if w.ctx.Err() == nil || w.remove {
				w.write()
			}
			return
		case <-w.dirty:
		}
		if !w.write() {
			time.AfterFunc(patience, w.wake)
		}
	}
}

// write is true when the API has the status, or no longer wants it.
func (w *worker) write() bool {
	ctx, cancel := context.WithTimeout(w.life, 10*time.Second)
	defer cancel()
	api := w.client.CoreV1().Pods(w.pod().Namespace)
	current, err := api.Get(ctx, w.pod().Name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) || err == nil && current.UID != w.pod().UID {
		return true
	}
	if err != nil {
		return false
	}
	patch, err := w.patch(current)
	if err != nil {
		w.events.Event(current, corev1.EventTypeWarning, "FailedStatus", err.Error())
		return true
	}
	written, err := api.Patch(ctx, current.Name, types.StrategicMergePatchType, patch, metav1.PatchOptions{}, "status")
	if err != nil {
		return apierrors.IsNotFound(err) || apierrors.IsConflict(err)
	}
	if isAgent(written) && holds(written.Status.Conditions, corev1.PodReady) {
		w.agentOnce.Do(func() { close(w.agentReady) })
	}
	return true
}

// patch changes the status alone, and only that of this very pod: the UID in it is a precondition.
func (w *worker) patch(current *corev1.Pod) ([]byte, error) {
	w.mutex.Lock()
	status := w.progress.status(current, w.Node.Address().String(), w.address, w.started)
	w.mutex.Unlock()
	before, err := json.Marshal(corev1.Pod{Status: current.Status})
	if err != nil {
		return nil, err
	}
	after, err := json.Marshal(corev1.Pod{ObjectMeta: metav1.ObjectMeta{UID: current.UID}, Status: status})
	if err != nil {
		return nil, err
	}
	return strategicpatch.CreateTwoWayMergePatch(before, after, corev1.Pod{})
}

// isAgent tells whether a pod is the Cilium agent's: one of DaemonSet cilium.
func isAgent(pod *corev1.Pod) bool {
	owner := metav1.GetControllerOf(pod)
	return owner != nil && owner.Kind == "DaemonSet" && owner.Name == "cilium"
}
