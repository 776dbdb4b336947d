// Package agent stands in for the Cilium agent and its Envoy: it makes their
// pods Ready, which makes the node Ready. No packet is filtered or forwarded
// by it; Services and the Gateways' data plane are other packages' work.
package agent

import (
	"context"

	"starbase.example/virtual/internal/kubelet/workload"
)

// Agent plays the containers of the images cilium/cilium and cilium/cilium-envoy.
type Agent struct{}

// Play is ready at once and says so; it runs until it is told to stop.
func (Agent) Play(ctx context.Context, stage workload.Stage) error {
	stage.Log.Printf("virtual lab: a stand-in for image %s reports ready on node %s; it handles no traffic",
		stage.Container.Image, stage.Node.Name())
	stage.Ready(true)
	<-ctx.Done()
	return nil
}
