package gateways

import (
	"context"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
	gatewayv1 "sigs.k8s.io/gateway-api/apis/v1"
)

// kinds are what a State is made of, each with the way to add one of its objects.
var kinds = map[schema.GroupVersionResource]func(*State, *unstructured.Unstructured) error{
	kind("gateways"): func(s *State, object *unstructured.Unstructured) error {
		return convert(object, func(g gatewayv1.Gateway) { s.Gateways = append(s.Gateways, gateway(g)) })
	},
	kind("httproutes"): func(s *State, object *unstructured.Unstructured) error {
		return convert(object, func(r gatewayv1.HTTPRoute) {
			s.Routes = append(s.Routes, route(r.Namespace, r.Spec.Hostnames, r.Status.RouteStatus))
		})
	},
	kind("grpcroutes"): func(s *State, object *unstructured.Unstructured) error {
		return convert(object, func(r gatewayv1.GRPCRoute) {
			s.Routes = append(s.Routes, route(r.Namespace, r.Spec.Hostnames, r.Status.RouteStatus))
		})
	},
}

func kind(resource string) schema.GroupVersionResource {
	return schema.GroupVersionResource{Group: gatewayv1.GroupName, Version: "v1", Resource: resource}
}

func convert[T any](object *unstructured.Unstructured, use func(T)) error {
	var typed T
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(object.Object, &typed); err != nil {
		return fmt.Errorf("%s %s/%s: %w", object.GetKind(), object.GetNamespace(), object.GetName(), err)
	}
	use(typed)
	return nil
}

// Read asks the cluster once. A cluster that does not know the kinds yet has none of them.
func Read(ctx context.Context, client dynamic.Interface) (State, error) {
	var s State
	for kind, add := range kinds {
		list, err := client.Resource(kind).List(ctx, metav1.ListOptions{})
		if apierrors.IsNotFound(err) {
			continue
		}
		if err != nil {
			return s, fmt.Errorf("the cluster's %s: %w", kind.Resource, err)
		}
		for i := range list.Items {
			if err := add(&s, &list.Items[i]); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}
