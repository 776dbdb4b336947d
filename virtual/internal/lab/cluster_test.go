package lab

import (
	"context"
	"testing"
	"time"

	"k8s.io/client-go/rest"
)

func of(authority string) *rest.Config {
	return &rest.Config{Host: "https://" + authority, TLSClientConfig: rest.TLSClientConfig{CAData: []byte(authority)}}
}

// become is what reached does, without a control plane.
func (k *cluster) become(config *rest.Config) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.config = config
	close(k.news())
	k.changed = nil
}

func TestAMachineIsNotLedToAnEarlierClusterThatWasDestroyed(t *testing.T) {
	var k cluster
	k.become(of("earlier"))
	if got, err := k.admin(t.Context(), nil); err != nil || got.Host != "https://earlier" {
		t.Fatalf("whoever takes any: %v, %v", got, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	found := make(chan *rest.Config)
	go func() {
		config, _ := k.admin(ctx, []byte("own"))
		found <- config
	}()
	k.become(of("another"))
	k.become(of("own"))
	if got := <-found; got == nil || got.Host != "https://own" {
		t.Errorf("led to %v", got)
	}
}

func TestNobodyWaitsForAClusterLongerThanHeWants(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := new(cluster).admin(ctx, nil); err == nil {
		t.Error("there is a cluster")
	}
}
