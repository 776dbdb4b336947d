package lab

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"

	"starbase.example/virtual/internal/proxmox"
)

// awaitNodes waits until every machine is a node of the cluster with a network for its pods. They stay NotReady: that is
// the CNI's to change.
func (o *own) awaitNodes(ctx context.Context) error {
	config, err := o.cluster.admin(ctx, nil)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	var missing []string
	err = wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
		missing = nil
		for _, m := range o.machines {
			missing = append(missing, m.Name)
		}
		nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
		if err != nil {
			return false, nil // asked again until the deadline
		}
		for _, node := range nodes.Items {
			if node.Spec.PodCIDR != "" {
				missing = slices.DeleteFunc(missing, func(name string) bool { return name == node.Name })
			}
		}
		return len(missing) == 0, nil
	})
	if err != nil {
		return fmt.Errorf("not registered, or without a network for pods: %s: %w", strings.Join(missing, ", "), err)
	}
	return nil
}

// awaitCluster waits for a cluster whose machines ran when the lab ended: they boot again, and an up needs its API. Where no
// control plane runs, or none was ever reached, there is nothing to wait for.
func (v *virtual) awaitCluster() error {
	if v.forgotten() || !v.hasRunningControlPlane() {
		return nil
	}
	ctx, cancel := context.WithTimeout(v.orderly, 3*time.Minute)
	defer cancel()
	config, err := v.cluster.admin(ctx, nil)
	if err != nil {
		return fmt.Errorf("no control plane started: %w", err)
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	var last error
	err = wait.PollUntilContextCancel(ctx, 200*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		last = client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
		return last == nil, nil
	})
	if err != nil {
		return fmt.Errorf("%s does not answer: %w", config.Host, last)
	}
	return nil
}

func (v *virtual) hasRunningControlPlane() bool {
	for _, m := range v.hardware.Machines {
		if vm := v.named(m.Name); m.ControlPlane && vm != nil && vm.Power == proxmox.Running {
			return true
		}
	}
	return false
}
