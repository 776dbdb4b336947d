package controlplane

import (
	"context"
	"fmt"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// dropLeases frees the leaderships of an earlier run on this host: its processes are gone, and their successors would
// wait for a minute. What another host holds is its own, unless there is no other control plane.
func (c *ControlPlane) dropLeases(ctx context.Context) error {
	client, err := c.client()
	if err != nil {
		return err
	}
	members, err := c.Members(ctx)
	if err != nil {
		return err
	}
	leases := client.CoordinationV1().Leases(metav1.NamespaceSystem)
	for _, name := range []string{"kube-controller-manager", "kube-scheduler"} {
		lease, err := leases.Get(ctx, name, metav1.GetOptions{})
		if err == nil && (len(members) == 1 || lease.Spec.HolderIdentity == nil || strings.HasPrefix(*lease.Spec.HolderIdentity, c.options.Name+"_")) {
			// Another that takes the lease meanwhile keeps it.
			err = leases.Delete(ctx, name, metav1.DeleteOptions{Preconditions: &metav1.Preconditions{ResourceVersion: &lease.ResourceVersion}})
		}
		if err != nil && !apierrors.IsNotFound(err) && !apierrors.IsConflict(err) {
			return fmt.Errorf("the lease of an earlier %s: %w", name, err)
		}
	}
	return nil
}
