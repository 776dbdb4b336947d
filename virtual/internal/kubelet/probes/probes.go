// Package probes executes containers' probes with their own periods and
// thresholds, from the node's side of the network.
package probes

import (
	"context"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// Check asks once; nil is success.
type Check func(ctx context.Context) error

// Watch runs a probe until ctx ends. It calls report at each crossing of a
// threshold: with nil once successThreshold checks in a row passed, with the
// last check's error once failureThreshold in a row failed.
func Watch(ctx context.Context, probe corev1.Probe, check Check, report func(error)) {
	if !sleep(ctx, time.Duration(probe.InitialDelaySeconds)*time.Second) {
		return
	}
	passed, failed := int32(0), int32(0)
	for {
		attempt, cancel := context.WithTimeout(ctx, seconds(probe.TimeoutSeconds, 1))
		err := check(attempt)
		cancel()
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			passed, failed = passed+1, 0
		} else {
			passed, failed = 0, failed+1
		}
		if passed == atLeastOne(probe.SuccessThreshold) {
			report(nil)
		}
		if failed == atLeastOne(probe.FailureThreshold) {
			report(err)
		}
		if !sleep(ctx, seconds(probe.PeriodSeconds, 10)) {
			return
		}
	}
}

func sleep(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}

func seconds(value, otherwise int32) time.Duration {
	if value == 0 {
		value = otherwise
	}
	return time.Duration(value) * time.Second
}

func atLeastOne(threshold int32) int32 { return max(1, threshold) }
