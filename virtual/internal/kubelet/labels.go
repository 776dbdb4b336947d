package kubelet

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
)

// reserved tells whether a node may not give itself a label, by the rules of the admission plugin NodeRestriction
// (https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction).
func reserved(label string) bool {
	switch label {
	case corev1.LabelHostname, corev1.LabelTopologyZone, corev1.LabelTopologyRegion, corev1.LabelInstanceTypeStable,
		corev1.LabelOSStable, corev1.LabelArchStable:
		return false
	}
	namespace, _, found := strings.Cut(label, "/")
	within := func(domain string) bool { return namespace == domain || strings.HasSuffix(namespace, "."+domain) }
	return found && (within("kubernetes.io") || within("k8s.io")) && !within("kubelet.kubernetes.io") && !within("node.kubernetes.io")
}

// ownLabels are those that the kubelet may register with, and the rest, which somebody else must give it.
func (k *kubelet) ownLabels() (own, others map[string]string) {
	if k.Bootstrap == nil {
		return k.Labels, nil
	}
	own, others = map[string]string{}, maps.Clone(k.Labels)
	maps.DeleteFunc(others, func(label, value string) bool {
		if !reserved(label) {
			own[label] = value
		}
		return !reserved(label)
	})
	return own, others
}

// label has the node given the labels that it may not give itself, by whoever Options.Config is.
func (k *kubelet) label(ctx context.Context, labels map[string]string) error {
	if len(labels) == 0 {
		return nil
	}
	if k.given == nil {
		k.report(fmt.Sprintf("node %s may not give itself these labels, and nobody else does: %v", k.name(), labels))
		return nil
	}
	client, err := kubernetes.NewForConfig(config(k.Options, k.given))
	if err != nil {
		return err
	}
	patch, err := json.Marshal(map[string]any{"metadata": map[string]any{"labels": labels}})
	if err != nil {
		return err
	}
	told := false
	return wait.PollUntilContextCancel(ctx, 200*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		_, err := client.CoreV1().Nodes().Patch(ctx, k.name(), types.MergePatchType, patch, metav1.PatchOptions{})
		if err != nil && !apierrors.IsNotFound(err) && !told && ctx.Err() == nil {
			told = true
			k.report(fmt.Sprintf("labels of node %s: %v", k.name(), err))
		}
		return err == nil, nil
	})
}
