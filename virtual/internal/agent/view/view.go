// Package view is what a node's agent sees of the cluster: one watch of each kind, for everything the agent does.
package view

import (
	"context"
	"fmt"
	"sync"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/dynamic/dynamicinformer"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"

	"starbase.example/virtual/internal/changes"
)

// The kinds that the Cilium operator defines when it starts.
var (
	configs  = schema.GroupVersionResource{Group: "cilium.io", Version: "v2", Resource: "ciliumenvoyconfigs"}
	policies = schema.GroupVersionResource{Group: "cilium.io", Version: "v2alpha1", Resource: "ciliuml2announcementpolicies"}
)

// View is the state of the cluster as last heard. All lists are in no particular order.
type View struct {
	services, slices, secrets, nodes, configs, policies cache.SharedIndexInformer

	mutex   sync.Mutex
	changed chan struct{}
}

// Watch begins to watch and returns when all kinds were listed once; it goes on until ctx ends. The secrets are those of
// one namespace, the node is the one of that name: the agent may read no others.
func Watch(ctx context.Context, config *rest.Config, node, secrets string) (*View, error) {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	untyped, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	for _, kind := range []schema.GroupVersionResource{configs, policies} {
		if err := defined(ctx, untyped, kind); err != nil {
			return nil, err
		}
	}
	all := informers.NewSharedInformerFactory(client, 0)
	confidential := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithNamespace(secrets))
	own := informers.NewSharedInformerFactoryWithOptions(client, 0, informers.WithTweakListOptions(func(o *metav1.ListOptions) {
		o.FieldSelector = fields.OneTermEqualSelector(metav1.ObjectNameField, node).String()
	}))
	cilium := dynamicinformer.NewDynamicSharedInformerFactory(untyped, 0)
	v := &View{
		services: all.Core().V1().Services().Informer(), slices: all.Discovery().V1().EndpointSlices().Informer(),
		secrets: confidential.Core().V1().Secrets().Informer(), nodes: own.Core().V1().Nodes().Informer(),
		configs: cilium.ForResource(configs).Informer(), policies: cilium.ForResource(policies).Informer(),
		changed: make(chan struct{}),
	}
	var synced []cache.InformerSynced
	for _, informer := range []cache.SharedIndexInformer{v.services, v.slices, v.secrets, v.nodes, v.configs, v.policies} {
		if _, err := informer.AddEventHandler(changes.Call(v.wake)); err != nil {
			return nil, err
		}
		synced = append(synced, informer.HasSynced)
	}
	for _, factory := range []interface{ Start(<-chan struct{}) }{all, confidential, own, cilium} {
		factory.Start(ctx.Done())
	}
	if !cache.WaitForCacheSync(ctx.Done(), synced...) {
		return nil, fmt.Errorf("waiting for the first list of Services, EndpointSlices, Secrets, Nodes and Cilium's objects: %w", ctx.Err())
	}
	return v, nil
}

func (v *View) wake() {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	close(v.changed)
	v.changed = make(chan struct{})
}

// Changed is closed at the next change. Ask for it before looking, and no change is missed.
func (v *View) Changed() <-chan struct{} {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	return v.changed
}

// Services are those of all namespaces.
func (v *View) Services() []*corev1.Service { return list[*corev1.Service](v.services) }

// Slices are those of all namespaces.
func (v *View) Slices() []*discovery.EndpointSlice { return list[*discovery.EndpointSlice](v.slices) }

// Secrets are those of the one namespace that the operator copies certificates to.
func (v *View) Secrets() []*corev1.Secret { return list[*corev1.Secret](v.secrets) }

// Configs are the CiliumEnvoyConfigs.
func (v *View) Configs() []*unstructured.Unstructured {
	return list[*unstructured.Unstructured](v.configs)
}

// Policies are the CiliumL2AnnouncementPolicies.
func (v *View) Policies() []*unstructured.Unstructured {
	return list[*unstructured.Unstructured](v.policies)
}

// Labels are the node's.
func (v *View) Labels() map[string]string {
	for _, node := range list[*corev1.Node](v.nodes) {
		return node.Labels
	}
	return nil
}

func list[T any](informer cache.SharedIndexInformer) []T {
	objects := informer.GetStore().List()
	all := make([]T, 0, len(objects))
	for _, object := range objects {
		all = append(all, object.(T))
	}
	return all
}
