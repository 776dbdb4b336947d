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
	"k8s.io/client-go/rest"
)

// awaitNodes waits until every machine is a node of the cluster with a network for its pods.
func awaitNodes(ctx context.Context, config *rest.Config) error {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	var missing []string
	err = wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, time.Minute, true, func(ctx context.Context) (bool, error) {
		missing = nil
		for _, m := range plans {
			missing = append(missing, m.name)
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
