package main

import (
	config "github.com/cert-manager/cert-manager/internal/apis/config/controller"
	"github.com/cert-manager/cert-manager/internal/apis/config/controller/scheme"
	"github.com/cert-manager/cert-manager/internal/apis/config/controller/validation"
	"github.com/cert-manager/cert-manager/pkg/apis/config/controller/v1alpha1"
	"github.com/cert-manager/cert-manager/pkg/controller/configfile"
)

func controllerConfiguration(args []string) (*config.ControllerConfiguration, error) {
	types, _, err := scheme.NewSchemeAndCodecs()
	if err != nil {
		return nil, err
	}
	c := &config.ControllerConfiguration{}
	if err := setDefaults(types, &v1alpha1.ControllerConfiguration{}, c); err != nil {
		return nil, err
	}
	decode := func(content []byte) (*config.ControllerConfiguration, error) {
		file := configfile.New()
		err := file.DecodeAndConfigure(content)
		return file.Config, err
	}
	if err := configure("controller", args, c, controllerFlags, decode); err != nil {
		return nil, err
	}
	if err := settle(&c.Logging, c.FeatureGates); err != nil {
		return nil, err
	}
	if err := unsupported(c.EnablePprof, c.MetricsTLSConfig); err != nil {
		return nil, err
	}
	return c, validation.ValidateControllerConfiguration(c, nil).ToAggregate()
}
