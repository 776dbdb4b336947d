package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	extensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/scheme"
	aggregation "k8s.io/kube-aggregator/pkg/apis/apiregistration/v1"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/cache"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/metrics/server"

	config "github.com/cert-manager/cert-manager/internal/apis/config/cainjector"
	"github.com/cert-manager/cert-manager/internal/kube"
	certmanager "github.com/cert-manager/cert-manager/pkg/apis/certmanager/v1"
	"github.com/cert-manager/cert-manager/pkg/controller/cainjector"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/util"
)

// runCAInjector writes authorities' certificates into webhook configurations, resource definitions and API services.
func runCAInjector(ctx context.Context, args []string) error {
	c, err := cainjectorConfiguration(args)
	if err != nil {
		return err
	}
	ctrl.SetLogger(logf.FromContext(ctx))
	manager, err := newManager(ctx, c)
	if err != nil {
		return err
	}
	into := c.EnableInjectableConfig
	err = cainjector.RegisterAllInjectors(ctx, manager, cainjector.SetupOptions{
		Namespace:                    c.Namespace,
		IgnoreNamespaces:             c.IgnoreNamespaces,
		EnableCertificatesDataSource: c.EnableDataSourceConfig.Certificates,
		EnabledReconcilersFor: map[string]bool{
			cainjector.MutatingWebhookConfigurationName:   into.MutatingWebhookConfigurations,
			cainjector.ValidatingWebhookConfigurationName: into.ValidatingWebhookConfigurations,
			cainjector.APIServiceName:                     into.APIServices,
			cainjector.CustomResourceDefinitionName:       into.CustomResourceDefinitions,
		},
	})
	if err != nil {
		return err
	}
	return manager.Start(ctx)
}

func newManager(ctx context.Context, c *config.CAInjectorConfiguration) (ctrl.Manager, error) {
	types := runtime.NewScheme()
	known := []func(*runtime.Scheme) error{scheme.AddToScheme, certmanager.AddToScheme, extensions.AddToScheme, aggregation.AddToScheme}
	for _, add := range known {
		if err := add(types); err != nil {
			return nil, err
		}
	}
	access, err := kube.BuildClientConfig("", c.KubeConfig)
	if err != nil {
		return nil, err
	}
	var caches cache.Options
	if c.Namespace != "" {
		caches.DefaultNamespaces = map[string]cache.Config{c.Namespace: {}}
	}
	leader := c.LeaderElectionConfig
	return ctrl.NewManager(util.RestConfigWithUserAgent(access, "cainjector"), ctrl.Options{
		Scheme: types,
		Logger: logf.FromContext(ctx),
		Cache:  caches,
		// Secrets are watched without their content; the few that matter are read when needed.
		Client:                        client.Options{Cache: &client.CacheOptions{DisableFor: []client.Object{&corev1.Secret{}}}},
		LeaderElection:                leader.Enabled,
		LeaderElectionNamespace:       leader.Namespace,
		LeaderElectionID:              "cert-manager-cainjector-leader-election", // the chart's Role allows this one
		LeaderElectionReleaseOnCancel: true,
		LeaseDuration:                 &leader.LeaseDuration,
		RenewDeadline:                 &leader.RenewDeadline,
		RetryPeriod:                   &leader.RetryPeriod,
		Metrics:                       server.Options{BindAddress: c.MetricsListenAddress},
	})
}
