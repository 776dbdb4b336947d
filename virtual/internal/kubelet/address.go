package kubelet

import (
	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/lan"
)

// connect gives the pod its address. Pods with a network of their own wait for
// the node's network; those of the node (the cilium pod itself) don't.
func (w *worker) connect() bool {
	if w.pod().Spec.HostNetwork {
		w.advance(func(*progress) { w.address = w.Node.Address().String() })
		return true
	}
	select {
	case <-w.ctx.Done():
		return false
	case <-w.kubelet.network:
	}
	for {
		pod, err := w.Node.AddPod(string(w.pod().UID))
		if err == nil {
			w.advance(func(*progress) { w.network, w.address = pod, pod.Address().String() })
			return true
		}
		w.events.Event(w.pod(), corev1.EventTypeWarning, "FailedCreatePodSandBox", err.Error())
		if !w.pause(patience) {
			return false
		}
	}
}

// addressed is the pod with the addresses that only this kubelet knows yet.
func (w *worker) addressed() *corev1.Pod {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	pod := w.seen.DeepCopy()
	pod.Status.HostIP = w.Node.Address().String()
	pod.Status.PodIP = w.address
	pod.Status.PodIPs = []corev1.PodIP{{IP: w.address}}
	return pod
}

// namespace is where the pod's containers live.
func (w *worker) namespace() *lan.Namespace {
	if w.network != nil {
		return w.network.Namespace()
	}
	return w.Node.Namespace()
}
