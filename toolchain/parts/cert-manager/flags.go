package main

import (
	"github.com/spf13/pflag"
	cliflag "k8s.io/component-base/cli/flag"
	logsapi "k8s.io/component-base/logs/api/v1"

	"github.com/cert-manager/cert-manager/internal/apis/config/cainjector"
	"github.com/cert-manager/cert-manager/internal/apis/config/controller"
	"github.com/cert-manager/cert-manager/internal/apis/config/shared"
	"github.com/cert-manager/cert-manager/internal/apis/config/webhook"
)

// The flags stand in the order of the chart's templates.

func controllerFlags(flags *pflag.FlagSet, c *controller.ControllerConfiguration) {
	logFlag(flags, &c.Logging)
	kubeconfigFlag(flags, &c.KubeConfig)
	flags.StringVar(&c.ClusterResourceNamespace, "cluster-resource-namespace", c.ClusterResourceNamespace, "where ClusterIssuers' secrets are")
	leaderFlags(flags, &c.LeaderElectionConfig.LeaderElectionConfig)
	acme := &c.ACMEHTTP01Config
	flags.StringVar(&acme.SolverImage, "acme-http01-solver-image", acme.SolverImage, "image of ACME solver pods")
	shim := &c.IngressShimConfig
	flags.StringVar(&shim.DefaultIssuerName, "default-issuer-name", shim.DefaultIssuerName, "issuer of Ingresses that name none")
	flags.StringVar(&shim.DefaultIssuerKind, "default-issuer-kind", shim.DefaultIssuerKind, "its kind")
	flags.StringVar(&shim.DefaultIssuerGroup, "default-issuer-group", shim.DefaultIssuerGroup, "its API group")
	gatesFlag(flags, &c.FeatureGates)
	flags.StringToStringVar(&acme.SolverExtraLabels, "acme-http01-solver-extra-labels", acme.SolverExtraLabels, "labels of ACME solver pods")
	flags.IntVar(&c.MaxConcurrentChallenges, "max-concurrent-challenges", c.MaxConcurrentChallenges, "ACME challenges at a time")
	flags.BoolVar(&c.EnableCertificateOwnerRef, "enable-certificate-owner-ref", c.EnableCertificateOwnerRef, "secrets go with their Certificate")
	dns := &c.ACMEDNS01Config
	flags.BoolVar(&dns.RecursiveNameserversOnly, "dns01-recursive-nameservers-only", dns.RecursiveNameserversOnly, "ask no authoritative ones")
	flags.StringSliceVar(&dns.RecursiveNameservers, "dns01-recursive-nameservers", dns.RecursiveNameservers, "host:port of DNS servers")
	flags.StringSliceVar(&c.Controllers, "controllers", c.Controllers, "* for the default ones, NAME for one more, -NAME for one less")
	flags.StringVar(&acme.SolverRuntimeClassName, "acme-http01-solver-runtime-class-name", acme.SolverRuntimeClassName, "of ACME solver pods")
}

func webhookFlags(flags *pflag.FlagSet, c *webhook.WebhookConfiguration) {
	logFlag(flags, &c.Logging)
	kubeconfigFlag(flags, &c.KubeConfig)
	flags.Int32Var(&c.SecurePort, "secure-port", c.SecurePort, "port of the webhook")
	gatesFlag(flags, &c.FeatureGates)
	flags.BoolVar(&c.EnableClientVerification, "enable-client-verification", c.EnableClientVerification, "demand a client certificate")
	flags.StringVar(&c.ClientCAPath, "client-ca-path", c.ClientCAPath, "file with its authority")
	flags.StringSliceVar(&c.ClientCertificateSubjects, "client-subject-names", c.ClientCertificateSubjects, "its allowed subjects")
	serving := &c.TLSConfig.Dynamic
	flags.StringVar(&serving.SecretNamespace, "dynamic-serving-ca-secret-namespace", serving.SecretNamespace, "where the webhook's own authority is kept")
	flags.StringVar(&serving.SecretName, "dynamic-serving-ca-secret-name", serving.SecretName, "secret with the webhook's own authority")
	flags.StringSliceVar(&serving.DNSNames, "dynamic-serving-dns-names", serving.DNSNames, "names in the webhook's certificate")
	metricsFlag(flags, &c.MetricsListenAddress)
}

func cainjectorFlags(flags *pflag.FlagSet, c *cainjector.CAInjectorConfiguration) {
	logFlag(flags, &c.Logging)
	kubeconfigFlag(flags, &c.KubeConfig)
	leaderFlags(flags, &c.LeaderElectionConfig)
	gatesFlag(flags, &c.FeatureGates)
	metricsFlag(flags, &c.MetricsListenAddress)
}

func kubeconfigFlag(flags *pflag.FlagSet, file *string) {
	flags.StringVar(file, "kubeconfig", *file, "file that leads to the API server; without it, the pod's service account does")
}

// logFlag takes only the level from Kubernetes' many logging flags: the chart's global.logLevel.
func logFlag(flags *pflag.FlagSet, logging *logsapi.LoggingConfiguration) {
	all := pflag.NewFlagSet("", pflag.ContinueOnError)
	logsapi.AddFlags(logging, all)
	flags.AddFlag(all.Lookup("v"))
}

func leaderFlags(flags *pflag.FlagSet, l *shared.LeaderElectionConfig) {
	flags.StringVar(&l.Namespace, "leader-election-namespace", l.Namespace, "where the leader's lease is")
	flags.DurationVar(&l.LeaseDuration, "leader-election-lease-duration", l.LeaseDuration, "how long others wait for a silent leader")
	flags.DurationVar(&l.RenewDeadline, "leader-election-renew-deadline", l.RenewDeadline, "how long the leader tries to renew")
	flags.DurationVar(&l.RetryPeriod, "leader-election-retry-period", l.RetryPeriod, "between tries")
}

func gatesFlag(flags *pflag.FlagSet, gates *map[string]bool) {
	if *gates == nil {
		*gates = map[string]bool{}
	}
	flags.Var(cliflag.NewMapStringBool(gates), "feature-gates", "NAME=true|false, …")
}

func metricsFlag(flags *pflag.FlagSet, address *string) {
	flags.StringVar(address, "metrics-listen-address", *address, "host:port of the metrics; 0 for none")
}
