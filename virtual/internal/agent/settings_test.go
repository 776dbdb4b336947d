package agent

import (
	"testing"
	"time"

	"starbase.example/virtual/internal/l2"
)

func TestSettingsAreTheChartsOrElseTheAgentsDefaults(t *testing.T) {
	got, err := parseSettings(map[string]string{})
	if want := (settings{secrets: "cilium-secrets", timing: l2.Timing{Lease: 15 * time.Second, Renew: 5 * time.Second, Retry: 2 * time.Second}}); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	got, err = parseSettings(map[string]string{"enable-l2-announcements": "true", "external-envoy-proxy": "true", "gateway-api-secrets-namespace": "tls",
		"l2-announcements-lease-duration": "3s", "l2-announcements-renew-deadline": "1s", "l2-announcements-retry-period": "200ms"})
	if want := (settings{secrets: "tls", announces: true, externalEnvoy: true, timing: l2.Timing{Lease: 3 * time.Second, Renew: time.Second, Retry: 200 * time.Millisecond}}); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
	_, err = parseSettings(map[string]string{"l2-announcements-lease-duration": "15"})
	if want := `l2-announcements-lease-duration is "15", but must be a duration like 15s`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
