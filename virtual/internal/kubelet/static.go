package kubelet

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
)

// mirrorEvery is the pause between two looks at the static pods.
const mirrorEvery = 2 * time.Second

// mirror shows the node's static pods in the API, each by a mirror pod. Nothing is started for them: whoever names them
// runs them.
func (k *kubelet) mirror(ctx context.Context) error {
	var complaints lasting
	for {
		for _, pod := range k.Static() {
			// What could not be written is written at a later look.
			if err := k.show(ctx, pod); err != nil && ctx.Err() == nil && complaints.worth(err.Error()) {
				k.report(fmt.Sprintf("static pod %s: %v", pod.Name, err))
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(mirrorEvery):
		}
	}
}

// show makes a static pod's mirror, or brings it up to date: one of another content is deleted, and made anew.
func (k *kubelet) show(ctx context.Context, static corev1.Pod) error {
	node, err := k.client.CoreV1().Nodes().Get(ctx, k.name(), metav1.GetOptions{})
	if err != nil {
		return err
	}
	wanted, err := mirrorOf(static, node)
	if err != nil {
		return err
	}
	api := k.client.CoreV1().Pods(wanted.Namespace)
	// A kubelet may not ask by name for what is not bound to its node.
	found, err := api.List(ctx, metav1.ListOptions{FieldSelector: fields.Set{"spec.nodeName": node.Name, "metadata.name": wanted.Name}.String()})
	if err != nil {
		return err
	}
	if len(found.Items) == 0 {
		made, err := api.Create(ctx, wanted, metav1.CreateOptions{})
		if err != nil {
			return err
		}
		found.Items = append(found.Items, *made)
	}
	pod := &found.Items[0]
	if pod.DeletionTimestamp != nil || pod.Annotations[corev1.MirrorPodAnnotationKey] != wanted.Annotations[corev1.MirrorPodAnnotationKey] {
		return api.Delete(ctx, pod.Name, metav1.DeleteOptions{GracePeriodSeconds: new(int64), Preconditions: metav1.NewUIDPreconditions(string(pod.UID))})
	}
	if holds(pod.Status.Conditions, corev1.PodReady) {
		return nil
	}
	address, now := k.Node.Address().String(), metav1.Now()
	var runs progress
	for _, c := range pod.Spec.Containers {
		runs.containers = append(runs.containers, corev1.ContainerStatus{Name: c.Name, Image: c.Image, Ready: true, Started: new(true),
			State: corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}}})
	}
	pod.Status = runs.status(pod, address, address, now)
	_, err = api.UpdateStatus(ctx, pod, metav1.UpdateOptions{})
	return err
}

// mirrorOf is a static pod as the API has it: named after its node, owned by it, and marked with what it was made from.
func mirrorOf(static corev1.Pod, node *corev1.Node) (*corev1.Pod, error) {
	content, err := json.Marshal(static)
	if err != nil {
		return nil, err
	}
	hash := fmt.Sprintf("%x", sha256.Sum256(content))[:32]
	pod := static.DeepCopy()
	pod.Name += "-" + node.Name
	pod.Spec.NodeName = node.Name
	pod.Spec.Tolerations = append(pod.Spec.Tolerations, corev1.Toleration{Operator: corev1.TolerationOpExists, Effect: corev1.TaintEffectNoExecute})
	for key, value := range map[string]string{corev1.MirrorPodAnnotationKey: hash, "kubernetes.io/config.hash": hash, "kubernetes.io/config.source": "file"} {
		metav1.SetMetaDataAnnotation(&pod.ObjectMeta, key, value)
	}
	pod.OwnerReferences = []metav1.OwnerReference{{APIVersion: "v1", Kind: "Node", Name: node.Name, UID: node.UID, Controller: new(true)}}
	return pod, nil
}

// isMirror tells a static pod's mirror from a pod that is to be run.
func isMirror(pod *corev1.Pod) bool {
	_, mirror := pod.Annotations[corev1.MirrorPodAnnotationKey]
	return mirror
}
