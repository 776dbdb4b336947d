// Package drain empties a node before it goes away, by the rules of `kubectl drain --ignore-daemonsets
// --delete-emptydir-data --force`. kubectl's own package for it brings most of kubectl along.
package drain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// again is the pause before an eviction that a disruption budget forbids is asked for again, and between two looks at
// whether a pod has gone.
const again = time.Second

// Node cordons a node and evicts its pods, and returns when they have gone. Pods of DaemonSets and static ones stay: they
// belong to the node. A node that does not exist is drained. How long budgets and grace periods may take, ctx says; the
// error names the pods that are left.
func Node(ctx context.Context, config *rest.Config, name string) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	_, err = client.CoreV1().Nodes().Patch(ctx, name, types.StrategicMergePatchType, []byte(`{"spec":{"unschedulable":true}}`), metav1.PatchOptions{})
	if apierrors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cordoning node %s: %w", name, err)
	}
	pods, err := client.CoreV1().Pods(metav1.NamespaceAll).List(ctx, metav1.ListOptions{
		FieldSelector: fields.OneTermEqualSelector("spec.nodeName", name).String()})
	if err != nil {
		return fmt.Errorf("the pods of node %s: %w", name, err)
	}
	var mutex sync.Mutex
	var left []string
	var failed error
	var all sync.WaitGroup
	for _, pod := range slices.DeleteFunc(pods.Items, stays) {
		all.Go(func() {
			if err := evict(ctx, client, pod); err != nil {
				mutex.Lock()
				defer mutex.Unlock()
				left, failed = append(left, pod.Namespace+"/"+pod.Name), err
			}
		})
	}
	all.Wait()
	if failed != nil {
		slices.Sort(left)
		return fmt.Errorf("draining node %s: these pods are left: %s: %w", name, strings.Join(left, ", "), failed)
	}
	return nil
}

// stays tells whether a pod is the node's own.
func stays(pod corev1.Pod) bool {
	owner := metav1.GetControllerOf(&pod)
	_, static := pod.Annotations[corev1.MirrorPodAnnotationKey]
	return static || owner != nil && owner.Kind == "DaemonSet"
}

// evict asks for the pod's eviction until it is granted, and then waits for the pod's end.
func evict(ctx context.Context, client kubernetes.Interface, pod corev1.Pod) error {
	eviction := &policyv1.Eviction{ObjectMeta: metav1.ObjectMeta{Namespace: pod.Namespace, Name: pod.Name},
		DeleteOptions: &metav1.DeleteOptions{Preconditions: metav1.NewUIDPreconditions(string(pod.UID))}}
	var refused error
	err := wait.PollUntilContextCancel(ctx, again, true, func(ctx context.Context) (bool, error) {
		err := client.PolicyV1().Evictions(pod.Namespace).Evict(ctx, eviction)
		switch {
		case apierrors.IsTooManyRequests(err):
			refused = err
			return false, nil
		case apierrors.IsNotFound(err) || apierrors.IsConflict(err):
			return true, nil
		}
		return true, err
	})
	if err != nil {
		return errors.Join(err, refused)
	}
	return wait.PollUntilContextCancel(ctx, again, true, func(ctx context.Context) (bool, error) {
		now, err := client.CoreV1().Pods(pod.Namespace).Get(ctx, pod.Name, metav1.GetOptions{})
		if apierrors.IsNotFound(err) || err == nil && now.UID != pod.UID {
			return true, nil
		}
		return false, nil
	})
}
