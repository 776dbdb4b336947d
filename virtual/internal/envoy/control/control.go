// Package control is the control plane of one Envoy: it serves resources by xDS on a socket and changes them without
// a moment in which Envoy would route to something it doesn't know.
package control

import (
	"context"
	"fmt"
	"net"
	"time"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"github.com/envoyproxy/go-control-plane/pkg/cache/v3"
	"github.com/envoyproxy/go-control-plane/pkg/server/sotw/v3"
	xds "github.com/envoyproxy/go-control-plane/pkg/server/v3"
	"google.golang.org/grpc"

	"starbase.example/virtual/internal/envoy/translate"
)

// patience is how long Envoy may take over one step of a change. What takes longer will not come (a listener whose
// address is taken is refused at once), and the next step is due all the same.
const patience = 5 * time.Second

// only is the one client's name: each Envoy has a control plane of its own.
const only = "envoy"

type alone struct{}

func (alone) ID(*core.Node) string { return only }

// Control serves one Envoy.
type Control struct {
	cache   cache.SnapshotCache
	answers *answers
	served  translate.Resources
	begun   bool
	report  func(problem string)
}

// New reports, in words for people, what Envoy refuses or doesn't answer.
func New(report func(problem string)) *Control {
	return &Control{cache: cache.NewSnapshotCache(false, alone{}, nil), answers: newAnswers(), served: translate.Empty(), report: report}
}

// Serve answers on the socket until ctx ends.
func (c *Control) Serve(ctx context.Context, socket net.Listener) error {
	server := grpc.NewServer()
	// In the order of its requests: a reconnected Envoy asks for clusters first and must not get their endpoints before.
	discovery.RegisterAggregatedDiscoveryServiceServer(server, xds.NewServer(ctx, c.cache, c.answers.callbacks(), sotw.WithOrderedADS()))
	defer context.AfterFunc(ctx, server.Stop)()
	if err := server.Serve(socket); err != nil && ctx.Err() == nil {
		return fmt.Errorf("serving Envoy's configuration: %w", err)
	}
	return nil
}

// Publish brings Envoy to the wanted resources, step by step, and returns when it has taken or refused each. While none
// is connected there is nothing to wait for: the next one gets what was published last. It is for one caller at a time.
func (c *Control) Publish(ctx context.Context, wanted translate.Resources) error {
	way := steps(c.served, wanted)
	if !c.begun {
		way = first(wanted)
	}
	for _, step := range way {
		if err := c.cache.SetSnapshot(ctx, only, snapshot(step)); err != nil {
			return fmt.Errorf("publishing to Envoy: %w", err)
		}
		if err := c.answers.await(ctx, wants(step), patience); err != nil && ctx.Err() == nil {
			c.report(err.Error())
		}
	}
	c.served, c.begun = wanted, true
	return ctx.Err()
}

// Configured waits until an Envoy is connected and has answered for all that was published last.
func (c *Control) Configured(ctx context.Context) error {
	return c.answers.connected(ctx, wants(step{Resources: c.served, fed: c.served.Clusters}))
}
