package view

import (
	"context"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
)

const askAgain = 250 * time.Millisecond

// defined waits until the API server knows a kind: the agent often starts before the operator has defined them, and an
// informer that meets an unknown kind would ask again only after half a minute.
func defined(ctx context.Context, client dynamic.Interface, kind schema.GroupVersionResource) error {
	for {
		_, err := client.Resource(kind).List(ctx, metav1.ListOptions{Limit: 1})
		if err == nil {
			return nil
		}
		if apierrors.IsForbidden(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for the operator to define %s: %w; the last answer was: %w", kind.GroupResource(), ctx.Err(), err)
		case <-time.After(askAgain):
		}
	}
}
