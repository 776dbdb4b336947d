package volumes

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// defaultLifetime of a token is an hour (ServiceAccountTokenProjection.expirationSeconds).
const defaultLifetime = time.Hour

type token struct {
	value string
	renew time.Time
}

// token returns the token for one file of the pod, and a new one when 80 % of
// its life is over, which is when a kubelet renews it.
func (s *Set) token(ctx context.Context, pod *corev1.Pod, want corev1.ServiceAccountTokenProjection) (string, error) {
	key := want.Audience + "\x00" + want.Path
	if known, exists := s.tokens[key]; exists && time.Now().Before(known.renew) {
		return known.value, nil
	}
	lifetime := defaultLifetime
	if want.ExpirationSeconds != nil {
		lifetime = time.Duration(*want.ExpirationSeconds) * time.Second
	}
	value, expires, err := s.source.Token(ctx, pod, want.Audience, lifetime)
	if err != nil {
		return "", err
	}
	s.tokens[key] = token{value: value, renew: time.Now().Add(time.Until(expires) * 8 / 10)}
	return value, nil
}
