package environment

import (
	"context"
	"fmt"
	"maps"
	"slices"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// Source gives the objects that pods refer to.
type Source interface {
	ConfigMap(ctx context.Context, namespace, name string) (*corev1.ConfigMap, error)
	Secret(ctx context.Context, namespace, name string) (*corev1.Secret, error)
}

// Resolver works out a container's environment.
type Resolver struct {
	Source   Source
	Capacity corev1.ResourceList
}

// Resolve returns the container's variables on top of the given base, which
// the kubelet itself provides (KUBERNETES_SERVICE_HOST and the like). Earlier
// variables may be used by later ones as $(NAME).
func (r Resolver) Resolve(ctx context.Context, pod *corev1.Pod, container corev1.Container, base map[string]string) (map[string]string, error) {
	variables := maps.Clone(base)
	for _, from := range container.EnvFrom {
		if err := r.all(ctx, pod.Namespace, from, variables); err != nil {
			return nil, err
		}
	}
	for _, variable := range container.Env {
		if variable.ValueFrom == nil {
			variables[variable.Name] = Expand(variable.Value, variables)
			continue
		}
		value, found, err := r.value(ctx, pod, container, *variable.ValueFrom)
		if err != nil {
			return nil, fmt.Errorf("environment variable %s: %w", variable.Name, err)
		}
		if found {
			variables[variable.Name] = value
		}
	}
	return variables, nil
}

// List is the form that processes get: NAME=value, sorted.
func List(variables map[string]string) []string {
	out := make([]string, 0, len(variables))
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		out = append(out, name+"="+variables[name])
	}
	return out
}

func (r Resolver) all(ctx context.Context, namespace string, from corev1.EnvFromSource, into map[string]string) error {
	if ref := from.ConfigMapRef; ref != nil {
		object, err := r.Source.ConfigMap(ctx, namespace, ref.Name)
		if err != nil {
			return tolerate(err, ref.Optional)
		}
		for name, value := range object.Data {
			into[from.Prefix+name] = value
		}
	}
	if ref := from.SecretRef; ref != nil {
		object, err := r.Source.Secret(ctx, namespace, ref.Name)
		if err != nil {
			return tolerate(err, ref.Optional)
		}
		for name, value := range object.Data {
			into[from.Prefix+name] = string(value)
		}
	}
	return nil
}

// value is false for an optional reference that points nowhere: the variable isn't set then.
func (r Resolver) value(ctx context.Context, pod *corev1.Pod, container corev1.Container, from corev1.EnvVarSource) (string, bool, error) {
	switch {
	case from.FieldRef != nil:
		value, err := Field(pod, from.FieldRef.FieldPath)
		return value, true, err
	case from.ResourceFieldRef != nil:
		value, err := Resource(container, *from.ResourceFieldRef, r.Capacity)
		return value, true, err
	case from.ConfigMapKeyRef != nil:
		ref := from.ConfigMapKeyRef
		object, err := r.Source.ConfigMap(ctx, pod.Namespace, ref.Name)
		if err != nil {
			return "", false, tolerate(err, ref.Optional)
		}
		value, found := object.Data[ref.Key]
		return missing("ConfigMap", ref.Name, ref.Key, value, found, ref.Optional)
	case from.SecretKeyRef != nil:
		ref := from.SecretKeyRef
		object, err := r.Source.Secret(ctx, pod.Namespace, ref.Name)
		if err != nil {
			return "", false, tolerate(err, ref.Optional)
		}
		value, found := object.Data[ref.Key]
		return missing("Secret", ref.Name, ref.Key, string(value), found, ref.Optional)
	}
	return "", false, fmt.Errorf("its source is of a kind the virtual lab doesn't know")
}

// tolerate turns "not found" into nil for an optional reference.
func tolerate(err error, optional *bool) error {
	if apierrors.IsNotFound(err) && optional != nil && *optional {
		return nil
	}
	return err
}

func missing(kind, name, key, value string, found bool, optional *bool) (string, bool, error) {
	if !found && (optional == nil || !*optional) {
		return "", false, fmt.Errorf("%s %s has no key %s", kind, name, key)
	}
	return value, found, nil
}
