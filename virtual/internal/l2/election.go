package l2

import (
	"context"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

// leasePrefix begins the names of the leases, which are in the agent's namespace.
const leasePrefix = "cilium-l2announce-"

// Timing is how leadership is kept.
type Timing struct {
	// Lease is how long a leader that is not heard of keeps its lease.
	Lease time.Duration
	// Renew is how long a leader tries to renew before it gives up.
	Renew time.Duration
	// Retry is the pause between two tries.
	Retry time.Duration
}

// Check says which rule of leader election is broken, if any.
func (t Timing) Check() error {
	switch {
	case t.Lease <= t.Renew:
		return fmt.Errorf("l2-announcements-lease-duration is %s, but must be longer than l2-announcements-renew-deadline, %s", t.Lease, t.Renew)
	case float64(t.Renew) <= leaderelection.JitterFactor*float64(t.Retry):
		return fmt.Errorf("l2-announcements-renew-deadline is %s, but must be longer than %.1f times l2-announcements-retry-period, %s",
			t.Renew, leaderelection.JitterFactor, t.Retry)
	}
	return nil
}

// stand stands for election for a Service again and again until ctx ends, and then gives its lease back. It calls lead
// when elected, with a context that ends with the leadership, and lose when it is over.
func stand(ctx context.Context, client kubernetes.Interface, node string, service types.NamespacedName, timing Timing,
	lead func(context.Context), lose func()) error {
	elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
		Lock: &resourcelock.LeaseLock{
			LeaseMeta:  metav1.ObjectMeta{Namespace: metav1.NamespaceSystem, Name: leasePrefix + service.Namespace + "-" + service.Name},
			Client:     client.CoordinationV1(),
			LockConfig: resourcelock.ResourceLockConfig{Identity: node},
		},
		LeaseDuration: timing.Lease, RenewDeadline: timing.Renew, RetryPeriod: timing.Retry, ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{OnStartedLeading: lead, OnStoppedLeading: lose},
	})
	if err != nil {
		return err
	}
	for ctx.Err() == nil {
		elector.Run(ctx)
	}
	return nil
}
