package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"golang.org/x/sync/errgroup"

	config "github.com/cert-manager/cert-manager/internal/apis/config/controller"
	"github.com/cert-manager/cert-manager/pkg/controller"
)

// serveMetrics answers Prometheus until ctx ends.
func serveMetrics(ctx context.Context, parts *errgroup.Group, root *controller.Context, c *config.ControllerConfiguration) error {
	// The collectors come before the server, which registers those that it finds when it is made; and before the watches start,
	// because asking for a lister is what registers its watch.
	watched := root.SharedInformerFactory
	root.Metrics.SetupCertificateCollector(watched.Certmanager().V1().Certificates().Lister())
	root.Metrics.SetupIssuerCollector(watched.Certmanager().V1().Issuers().Lister())
	if c.Namespace == "" {
		root.Metrics.SetupClusterIssuerCollector(watched.Certmanager().V1().ClusterIssuers().Lister())
	}
	root.Metrics.SetupACMECollector(watched.Acme().V1().Challenges().Lister())

	listener, err := net.Listen("tcp", c.MetricsListenAddress)
	if err != nil {
		return fmt.Errorf("the metrics endpoint: %w", err)
	}
	server := root.Metrics.NewServer(listener)
	parts.Go(func() error {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	parts.Go(func() error {
		<-ctx.Done()
		return server.Close()
	})
	return nil
}
