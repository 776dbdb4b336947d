package agent

import (
	"context"
	"fmt"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"starbase.example/virtual/internal/l2"
)

// settings are what the real agent reads from the chart's ConfigMap, as far as they matter here.
type settings struct {
	// secrets is the namespace that the operator copies certificates to.
	secrets string
	// announces tells whether addresses are announced on the LAN, and timing how leadership is kept.
	announces bool
	timing    l2.Timing
	// externalEnvoy tells whether Envoy is a DaemonSet of its own, not a part of the agent.
	externalEnvoy bool
}

func readSettings(ctx context.Context, client kubernetes.Interface) (settings, error) {
	const namespace, name = metav1.NamespaceSystem, "cilium-config"
	config, err := client.CoreV1().ConfigMaps(namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return settings{}, fmt.Errorf("the agent's settings: %w", err)
	}
	s, err := parseSettings(config.Data)
	if err != nil {
		return s, fmt.Errorf("ConfigMap %s/%s: %w", namespace, name, err)
	}
	return s, nil
}

// parseSettings has the agent's own defaults (pkg/option in Cilium's repository).
func parseSettings(data map[string]string) (settings, error) {
	s := settings{secrets: "cilium-secrets", announces: data["enable-l2-announcements"] == "true",
		externalEnvoy: data["external-envoy-proxy"] == "true",
		timing:        l2.Timing{Lease: 15 * time.Second, Renew: 5 * time.Second, Retry: 2 * time.Second}}
	if name := data["gateway-api-secrets-namespace"]; name != "" {
		s.secrets = name
	}
	for key, value := range map[string]*time.Duration{
		"l2-announcements-lease-duration": &s.timing.Lease,
		"l2-announcements-renew-deadline": &s.timing.Renew,
		"l2-announcements-retry-period":   &s.timing.Retry,
	} {
		text, given := data[key]
		if !given {
			continue
		}
		duration, err := time.ParseDuration(text)
		if err != nil {
			return s, fmt.Errorf("%s is %q, but must be a duration like 15s", key, text)
		}
		*value = duration
	}
	return s, s.timing.Check()
}
