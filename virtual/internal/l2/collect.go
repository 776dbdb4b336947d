package l2

import (
	"context"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

const collectEvery = time.Minute

// collect deletes the leases that nobody holds, once a minute: those of Services that no policy selects any more.
// A failure is no harm: the next minute comes.
func collect(ctx context.Context, client kubernetes.Interface) error {
	leases := client.CoordinationV1().Leases(metav1.NamespaceSystem)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(collectEvery):
		}
		all, err := leases.List(ctx, metav1.ListOptions{})
		if err != nil {
			continue
		}
		for _, lease := range all.Items {
			if holder := lease.Spec.HolderIdentity; !strings.HasPrefix(lease.Name, leasePrefix) || holder != nil && *holder != "" {
				continue
			}
			if err := leases.Delete(ctx, lease.Name, metav1.DeleteOptions{}); err != nil && !apierrors.IsNotFound(err) {
				break
			}
		}
	}
}
