package agent

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"golang.org/x/sync/errgroup"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/agent/view"
	"starbase.example/virtual/internal/envoy"
	"starbase.example/virtual/internal/envoy/control"
	"starbase.example/virtual/internal/l2"
	"starbase.example/virtual/internal/lan"
)

// duty is what one agent does on its node.
type duty struct {
	node   *lan.Node
	config *rest.Config
	proxy  envoy.Proxy
	report func(string)
	ready  func()
}

// run returns when ctx ends or a part of it fails. It is ready when Envoy has taken over its first configuration. The
// socket is there at once: Envoy waits for its configuration more quietly than for the agent.
func (d duty) run(ctx context.Context) error {
	socket, err := listen(envoy.Socket(d.proxy.Folder))
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	envoys := control.New(d.report)
	group.Go(func() error { return envoys.Serve(ctx, socket) })
	group.Go(func() error { return d.follow(ctx, group, envoys) })
	return group.Wait()
}

// follow starts everything that needs to know the cluster.
func (d duty) follow(ctx context.Context, group *errgroup.Group, envoys *control.Control) error {
	client, err := kubernetes.NewForConfig(d.config)
	if err != nil {
		return err
	}
	settings, err := readSettings(ctx, client)
	if err != nil {
		return err
	}
	cluster, err := view.Watch(ctx, d.config, d.node.Name(), settings.secrets)
	if err != nil {
		return err
	}
	fed := make(chan struct{})
	group.Go(func() error {
		return envoy.Feed(ctx, cluster, d.node.Address(), envoys, d.report, func() { close(fed) })
	})
	if settings.announces {
		group.Go(func() error {
			return l2.Run(ctx, l2.Options{Cluster: cluster, Client: client, Node: d.node, Timing: settings.timing, Report: d.report})
		})
	}
	if !settings.externalEnvoy {
		group.Go(func() error { return d.proxy.Run(ctx, func() {}) })
	}
	select {
	case <-fed:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := envoys.Configured(ctx); err != nil {
		return err
	}
	d.ready()
	return nil
}

// listen opens a socket, over one that an earlier life left behind.
func listen(path string) (net.Listener, error) {
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.RemoveAll(path)); err != nil {
		return nil, err
	}
	socket, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("the socket for Envoy: %w", err)
	}
	return socket, nil
}
