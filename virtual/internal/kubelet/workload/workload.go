// Package workload is the seam for containers that the lab plays inside its
// own process, because their image can't or need not run here.
package workload

import (
	"context"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/sandbox/podlog"
)

// Workload plays containers in place of their image.
type Workload interface {
	// Play runs one life of a container, until ctx ends (the container was
	// told to stop) or it is over. Nil is exit code 0, an error is exit code 1;
	// the pod's restart policy applies. The container counts as ready from
	// stage.Ready(true) on; the pod's own probes are not executed.
	Play(ctx context.Context, stage Stage) error
}

// Stage is what a played container finds.
type Stage struct {
	// Pod is the pod with its addresses in status; Container one of its containers.
	Pod       *corev1.Pod
	Container corev1.Container
	Node      *lan.Node
	// Network is the pod's namespace, or the node's for hostNetwork.
	Network *lan.Namespace
	// Sought tells the ports that Services send to, if the pod declares none: once before it returns, and whenever they
	// change until ctx ends. Nil in all containers but the pod's first, which stands for the others.
	Sought func(ctx context.Context, tell func(ports []int32))
	// Log is what kubectl logs shows.
	Log *podlog.Log
	// Ready says whether the container is ready; it may change often.
	Ready func(bool)
}
