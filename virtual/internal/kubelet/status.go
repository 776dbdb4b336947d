package kubelet

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// progress is how far a pod has come.
type progress struct {
	// initialized counts the init containers that have succeeded or, for
	// sidecars, started.
	initialized      int
	init, containers []corev1.ContainerStatus
}

// begin is the progress of a pod at its first sight: nothing has been done, or
// its containers ended with an earlier run of the lab.
func begin(pod *corev1.Pod) progress {
	reason := "ContainerCreating"
	if len(pod.Spec.InitContainers) > 0 {
		reason = "PodInitializing"
	}
	return progress{
		init:       waiting(pod.Spec.InitContainers, "PodInitializing", nil),
		containers: waiting(pod.Spec.Containers, reason, pod.Status.ContainerStatuses),
	}
}

func waiting(containers []corev1.Container, reason string, before []corev1.ContainerStatus) (all []corev1.ContainerStatus) {
	for _, c := range containers {
		s := corev1.ContainerStatus{Name: c.Name, Image: c.Image}
		for _, old := range before {
			if old.Name == c.Name {
				s.ContainerID, s.RestartCount, s.LastTerminationState = old.ContainerID, old.RestartCount, old.LastTerminationState
			}
		}
		nowWaiting(&s, reason, "")
		all = append(all, s)
	}
	return all
}

// phase follows the rules of the kubelet: Pending until all containers have
// started once, and over only when no container will be started again.
func (p progress) phase(pod *corev1.Pod) corev1.PodPhase {
	never := pod.Spec.RestartPolicy == corev1.RestartPolicyNever
	for _, s := range p.init {
		if never && failed(s) {
			return corev1.PodFailed
		}
	}
	if p.initialized < len(pod.Spec.InitContainers) {
		return corev1.PodPending
	}
	over, bad := true, false
	for _, s := range p.containers {
		if s.State.Waiting != nil && s.ContainerID == "" {
			return corev1.PodPending
		}
		over = over && s.State.Terminated != nil
		bad = bad || failed(s)
	}
	switch {
	case !over || pod.Spec.RestartPolicy == corev1.RestartPolicyAlways:
		return corev1.PodRunning
	case bad && never:
		return corev1.PodFailed
	case bad:
		return corev1.PodRunning
	}
	return corev1.PodSucceeded
}

// ready tells whether all containers are.
func (p progress) ready() bool {
	for _, s := range p.containers {
		if !s.Ready {
			return false
		}
	}
	return true
}

func failed(s corev1.ContainerStatus) bool {
	return s.State.Terminated != nil && s.State.Terminated.ExitCode != 0
}

// status is the pod's status on top of what others wrote into it. It shares
// nothing with the progress, which goes on changing.
func (p progress) status(pod *corev1.Pod, hostIP, podIP string, started metav1.Time) corev1.PodStatus {
	status := *pod.Status.DeepCopy()
	status.ObservedGeneration = pod.Generation
	status.Phase = p.phase(pod)
	status.HostIP, status.HostIPs = hostIP, []corev1.HostIP{{IP: hostIP}}
	status.PodIP, status.PodIPs = "", nil
	if podIP != "" {
		status.PodIP, status.PodIPs = podIP, []corev1.PodIP{{IP: podIP}}
	}
	if status.StartTime == nil {
		status.StartTime = &started
	}
	status.InitContainerStatuses = p.init
	status.ContainerStatuses = p.containers
	for _, c := range p.conditions(pod, podIP != "") {
		c.ObservedGeneration = pod.Generation
		status.Conditions = with(status.Conditions, c)
	}
	return *status.DeepCopy()
}
