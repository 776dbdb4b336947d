package main

import (
	"context"

	ctrl "sigs.k8s.io/controller-runtime"

	config "github.com/cert-manager/cert-manager/internal/apis/config/webhook"
	"github.com/cert-manager/cert-manager/internal/apis/config/webhook/scheme"
	"github.com/cert-manager/cert-manager/internal/apis/config/webhook/validation"
	"github.com/cert-manager/cert-manager/internal/webhook"
	"github.com/cert-manager/cert-manager/pkg/apis/config/webhook/v1alpha1"
	logf "github.com/cert-manager/cert-manager/pkg/logs"
	"github.com/cert-manager/cert-manager/pkg/webhook/configfile"
)

// runWebhook checks and completes cert-manager's objects for the API server; the library has all of it.
func runWebhook(ctx context.Context, args []string) error {
	c, err := webhookConfiguration(args)
	if err != nil {
		return err
	}
	log := logf.FromContext(ctx)
	ctrl.SetLogger(log)
	server, err := webhook.NewCertManagerWebhookServer(log, *c)
	if err != nil {
		return err
	}
	return server.Run(ctx)
}

func webhookConfiguration(args []string) (*config.WebhookConfiguration, error) {
	types, _, err := scheme.NewSchemeAndCodecs()
	if err != nil {
		return nil, err
	}
	c := &config.WebhookConfiguration{}
	if err := setDefaults(types, &v1alpha1.WebhookConfiguration{}, c); err != nil {
		return nil, err
	}
	decode := func(content []byte) (*config.WebhookConfiguration, error) {
		file := configfile.New()
		err := file.DecodeAndConfigure(content)
		return file.Config, err
	}
	if err := configure("webhook", args, c, webhookFlags, decode); err != nil {
		return nil, err
	}
	if err := settle(&c.Logging, c.FeatureGates); err != nil {
		return nil, err
	}
	return c, validation.ValidateWebhookConfiguration(c, nil).ToAggregate()
}
