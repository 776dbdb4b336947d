package lab

import (
	"context"
	"fmt"
	"net/netip"
	"os"

	"k8s.io/client-go/dynamic"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/gateways"
	"starbase.example/virtual/internal/names"
)

// startNames makes the router the LAN's name server, and the lab's processes ask it.
func (l *Lab) startNames() error {
	config, err := l.controlPlane.ClientFor(controlplane.Admin)
	if err != nil {
		return err
	}
	config.Dial = l.segment.Namespace().Dial
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	cluster := gateways.Watch(l.orderly, client)
	server, err := names.Listen(l.segment.Namespace(), router.Addr(), func(name string) []netip.Addr {
		state, err := cluster.State()
		if err != nil {
			fmt.Fprintln(os.Stderr, "the name server:", err)
		}
		return names.Addresses(state, name)
	})
	if err != nil {
		return err
	}
	l.inBackground("the name server", l.orderly, server.Serve)
	return l.space.AskForNames(router.Addr())
}

func (l *Lab) inBackground(name string, ctx context.Context, serve func(context.Context) error) {
	go func() {
		if err := serve(ctx); err != nil {
			fmt.Fprintln(os.Stderr, name, "ended:", err)
		}
	}()
}
