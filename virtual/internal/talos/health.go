package talos

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/api/cluster"
)

// check is one thing that a healthy cluster has.
type check struct {
	name  string
	holds func(context.Context) error
}

// HealthCheck is cluster.ClusterService/HealthCheck. The checks are this package's own, of what there is here: etcd, APIs,
// Kubernetes' nodes. Talos' are more, and partly of what is simulated.
func (a api) HealthCheck(in *cluster.HealthCheckRequest, out cluster.ClusterService_HealthCheckServer) error {
	if err := a.life.onControlPlanes("cluster health check"); err != nil {
		return err
	}
	ctx, end := context.WithTimeout(out.Context(), in.GetWaitTimeout().AsDuration())
	defer end()
	planes, workers := in.GetClusterInfo().GetControlPlaneNodes(), in.GetClusterInfo().GetWorkerNodes()
	if len(planes) == 0 && len(workers) == 0 {
		planes, workers = a.life.discovered()
	}
	say := func(text string) error { return out.Send(&cluster.HealthCheckProgress{Message: text}) }
	if err := say(fmt.Sprintf("discovered nodes: %q", append(slices.Clone(planes), workers...))); err != nil {
		return err
	}
	for _, c := range a.life.checks(planes, workers) {
		if err := c.await(ctx, say); err != nil {
			return err
		}
	}
	return nil
}

// await says what it waits for, each time the reason changes, until the check holds.
func (c check) await(ctx context.Context, say func(string) error) error {
	last := ""
	for {
		err := c.holds(ctx)
		text := "waiting for " + c.name + ": OK"
		if err != nil {
			text = "waiting for " + c.name + ": " + err.Error()
		}
		if text != last {
			if err := say(text); err != nil {
				return err
			}
			last = text
		}
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}
