package kubelet

import (
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// conditions of a pod in the kubelet's order; gates are those others write.
func (p progress) conditions(pod *corev1.Pod, connected bool) []corev1.PodCondition {
	over := p.phase(pod) == corev1.PodSucceeded
	initialized := p.initialized == len(pod.Spec.InitContainers)
	ready := initialized && p.ready()
	all := []corev1.PodCondition{
		is(corev1.PodReadyToStartContainers, connected && !over, ""),
		is(corev1.PodInitialized, initialized, "ContainersNotInitialized"),
		is(corev1.ContainersReady, ready, "ContainersNotReady"),
	}
	for _, gate := range pod.Spec.ReadinessGates {
		if !holds(pod.Status.Conditions, gate.ConditionType) {
			return append(all, is(corev1.PodReady, false, "ReadinessGatesNotReady"))
		}
	}
	all = append(all, is(corev1.PodReady, ready, "ContainersNotReady"))
	if over {
		for i := range all {
			all[i].Reason = "PodCompleted"
		}
	}
	return all
}

func is(kind corev1.PodConditionType, holds bool, otherwise string) corev1.PodCondition {
	if holds {
		return corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue}
	}
	return corev1.PodCondition{Type: kind, Status: corev1.ConditionFalse, Reason: otherwise}
}

func holds(conditions []corev1.PodCondition, kind corev1.PodConditionType) bool {
	for _, c := range conditions {
		if c.Type == kind {
			return c.Status == corev1.ConditionTrue
		}
	}
	return false
}

// with sets a condition; its transition time changes with its status only.
func with(conditions []corev1.PodCondition, c corev1.PodCondition) []corev1.PodCondition {
	c.LastTransitionTime = metav1.Now()
	for i, old := range conditions {
		if old.Type != c.Type {
			continue
		}
		if old.Status == c.Status {
			c.LastTransitionTime = old.LastTransitionTime
		}
		conditions[i] = c
		return conditions
	}
	return append(conditions, c)
}
