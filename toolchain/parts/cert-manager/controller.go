package main

import (
	"context"
	"fmt"
	"net"
	"slices"

	"golang.org/x/sync/errgroup"

	config "github.com/cert-manager/cert-manager/internal/apis/config/controller"
	"github.com/cert-manager/cert-manager/internal/apis/config/controller/v1alpha1"
	"github.com/cert-manager/cert-manager/internal/pem"
	"github.com/cert-manager/cert-manager/pkg/controller"
	"github.com/cert-manager/cert-manager/pkg/healthz"
	logf "github.com/cert-manager/cert-manager/pkg/logs"

	// Each kind of issuer registers itself. The controllers are registered by the import of v1alpha1, whose defaults name them all.
	_ "github.com/cert-manager/cert-manager/pkg/issuer/acme"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/ca"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/selfsigned"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/vault"
	_ "github.com/cert-manager/cert-manager/pkg/issuer/venafi"
)

// runController issues certificates.
func runController(ctx context.Context, args []string) error {
	c, err := controllerConfiguration(args)
	if err != nil {
		return err
	}
	limits := c.PEMSizeLimitsConfig
	pem.SetGlobalSizeLimits(pem.NewSizeLimitsFromConfig(limits.MaxCertificateSize, limits.MaxPrivateKeySize, limits.MaxChainLength, limits.MaxBundleSize))
	options, err := contextOptions(c)
	if err != nil {
		return err
	}
	// The first of the parts below that ends with an error ends the others.
	parts, ctx := errgroup.WithContext(ctx)
	factory, err := controller.NewContextFactory(ctx, options)
	if err != nil {
		return err
	}
	root, err := factory.Build()
	if err != nil {
		return err
	}
	if err := serveMetrics(ctx, parts, root, c); err != nil {
		return err
	}
	health := healthz.NewServer(c.LeaderElectionConfig.HealthzTimeout)
	listener, err := net.Listen("tcp", c.HealthzListenAddress)
	if err != nil {
		return fmt.Errorf("the health endpoint: %w", err)
	}
	parts.Go(func() error { return health.Start(ctx, listener) })
	work := func(ctx context.Context) error { return runControllers(ctx, factory, root, c) }
	parts.Go(func() error {
		if c.LeaderElectionConfig.Enabled {
			return lead(ctx, root, c.LeaderElectionConfig, health.LeaderHealthzAdaptor, work)
		}
		return work(ctx)
	})
	return parts.Wait()
}

// runControllers makes and runs the enabled controllers until ctx ends.
func runControllers(ctx context.Context, factory *controller.ContextFactory, root *controller.Context, c *config.ControllerConfiguration) error {
	enabled := enabledControllers(c)
	running, ctx := errgroup.WithContext(ctx)
	var starts []func()
	for name, construct := range controller.Known() {
		if !enabled.Has(name) {
			continue
		}
		if c.Namespace != "" && slices.Contains(v1alpha1.ClusterScopedControllers, name) {
			continue // limited to a namespace, there is nothing cluster-wide to look after
		}
		made, err := construct(factory)
		if err != nil {
			return fmt.Errorf("controller %s: %w", name, err)
		}
		starts = append(starts, func() {
			running.Go(func() error {
				logf.FromContext(ctx).V(logf.InfoLevel).Info("starting controller", "controller", name)
				return made.Run(c.NumberOfConcurrentWorkers, ctx)
			})
		})
	}
	// Making a controller registers what it watches, so the watches start when all are made, and the controllers after them.
	root.SharedInformerFactory.Start(ctx.Done())
	root.KubeSharedInformerFactory.Start(ctx.Done())
	root.HTTP01ResourceMetadataInformersFactory.Start(ctx.Done())
	if root.GatewaySolverEnabled {
		root.GWShared.Start(ctx.Done())
	}
	for _, start := range starts {
		start()
	}
	return running.Wait()
}
