package main

import (
	config "github.com/cert-manager/cert-manager/internal/apis/config/cainjector"
	"github.com/cert-manager/cert-manager/internal/apis/config/cainjector/scheme"
	"github.com/cert-manager/cert-manager/internal/apis/config/cainjector/validation"
	"github.com/cert-manager/cert-manager/pkg/apis/config/cainjector/v1alpha1"
	"github.com/cert-manager/cert-manager/pkg/cainjector/configfile"

	// Registers the feature gates that the configuration may name.
	_ "github.com/cert-manager/cert-manager/internal/cainjector/feature"
)

func cainjectorConfiguration(args []string) (*config.CAInjectorConfiguration, error) {
	types, _, err := scheme.NewSchemeAndCodecs()
	if err != nil {
		return nil, err
	}
	c := &config.CAInjectorConfiguration{}
	if err := setDefaults(types, &v1alpha1.CAInjectorConfiguration{}, c); err != nil {
		return nil, err
	}
	decode := func(content []byte) (*config.CAInjectorConfiguration, error) {
		file := configfile.New()
		err := file.DecodeAndConfigure(content)
		return file.Config, err
	}
	if err := configure("cainjector", args, c, cainjectorFlags, decode); err != nil {
		return nil, err
	}
	if err := settle(&c.Logging, c.FeatureGates); err != nil {
		return nil, err
	}
	if err := unsupported(c.EnablePprof, c.MetricsTLSConfig); err != nil {
		return nil, err
	}
	return c, validation.ValidateCAInjectorConfiguration(c, nil).ToAggregate()
}
