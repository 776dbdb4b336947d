package main

import (
	"strings"

	"k8s.io/apimachinery/pkg/util/sets"

	config "github.com/cert-manager/cert-manager/internal/apis/config/controller"
	"github.com/cert-manager/cert-manager/internal/apis/config/controller/v1alpha1"
	"github.com/cert-manager/cert-manager/internal/controller/feature"
	gateways "github.com/cert-manager/cert-manager/pkg/controller/certificate-shim/gateways"
	listenerset "github.com/cert-manager/cert-manager/pkg/controller/certificate-shim/listenerset"
	utilfeature "github.com/cert-manager/cert-manager/pkg/util/feature"
)

// enabledControllers reads --controllers, and adds those that stand behind a feature gate or a switch of their own.
func enabledControllers(c *config.ControllerConfiguration) sets.Set[string] {
	enabled, disabled := sets.New[string](), sets.New[string]()
	for _, name := range c.Controllers {
		switch {
		case name == "*":
			enabled.Insert(v1alpha1.DefaultEnabledControllers...)
		case strings.HasPrefix(name, "-"):
			disabled.Insert(name[1:])
		default:
			enabled.Insert(name)
		}
	}
	// The chart's disableAutoApproval renders --controllers=-certificaterequests-approver and means all the others.
	if enabled.Len() == 0 {
		enabled.Insert(v1alpha1.DefaultEnabledControllers...)
	}
	if utilfeature.DefaultFeatureGate.Enabled(feature.ExperimentalCertificateSigningRequestControllers) {
		enabled.Insert(v1alpha1.ExperimentalCertificateSigningRequestControllers...)
	}
	if gateway := c.GatewayAPIConfig; gateway.Enabled && utilfeature.DefaultFeatureGate.Enabled(feature.ExperimentalGatewayAPISupport) {
		enabled.Insert(gateways.ControllerName)
		if gateway.EnableListenerSet && utilfeature.DefaultFeatureGate.Enabled(feature.ListenerSets) {
			enabled.Insert(listenerset.ControllerName)
		}
	}
	return enabled.Difference(disabled)
}
