package gateways

import (
	"context"
	"errors"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/tools/cache"
)

// askAgain is the pause before a kind that could not be watched is tried again: it is not defined before the first `up`,
// and gone again after a destroy. An informer would wait up to a minute then.
const askAgain = time.Second

// View is the State as last heard.
type View struct {
	stores map[schema.GroupVersionResource]cache.Store
}

// Watch follows the cluster until ctx ends. What was heard counts for as long as the API server does not answer.
func Watch(ctx context.Context, client dynamic.Interface) *View {
	v := &View{stores: map[schema.GroupVersionResource]cache.Store{}}
	for kind := range kinds {
		v.stores[kind] = cache.NewStore(cache.MetaNamespaceKeyFunc)
		go follow(ctx, client.Resource(kind), v.stores[kind])
	}
	return v
}

func follow(ctx context.Context, client dynamic.ResourceInterface, store cache.Store) {
	reflector := cache.NewReflector(&cache.ListWatch{
		ListWithContextFunc: func(ctx context.Context, o metav1.ListOptions) (runtime.Object, error) {
			return client.List(ctx, o)
		},
		WatchFuncWithContext: func(ctx context.Context, o metav1.ListOptions) (watch.Interface, error) {
			return client.Watch(ctx, o)
		},
	}, &unstructured.Unstructured{}, store, 0)
	for ctx.Err() == nil {
		// Its error is that the kind is not defined or that nobody answers; both are to be waited for.
		_ = reflector.ListAndWatchWithContext(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(askAgain):
		}
	}
}

// State is the cluster's, without objects that can't be read; the error is about those.
func (v *View) State() (State, error) {
	var s State
	var problems []error
	for kind, store := range v.stores {
		for _, object := range store.List() {
			problems = append(problems, kinds[kind](&s, object.(*unstructured.Unstructured)))
		}
	}
	return s, errors.Join(problems...)
}
