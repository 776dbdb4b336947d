package volumes

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"starbase.example/virtual/internal/kubelet/environment"
)

// project adds the files of one source of a volume.
func (s *Set) project(ctx context.Context, pod *corev1.Pod, from corev1.VolumeProjection, mode int32, into map[string]file) error {
	switch {
	case from.ConfigMap != nil:
		ref := from.ConfigMap
		object, err := s.source.ConfigMap(ctx, pod.Namespace, ref.Name)
		if err != nil {
			return tolerate(err, ref.Optional)
		}
		data := map[string][]byte{}
		for name, value := range object.Data {
			data[name] = []byte(value)
		}
		for name, value := range object.BinaryData {
			data[name] = value
		}
		return pick("ConfigMap "+ref.Name, data, ref.Items, ref.Optional, mode, into)
	case from.Secret != nil:
		ref := from.Secret
		object, err := s.source.Secret(ctx, pod.Namespace, ref.Name)
		if err != nil {
			return tolerate(err, ref.Optional)
		}
		return pick("Secret "+ref.Name, object.Data, ref.Items, ref.Optional, mode, into)
	case from.ServiceAccountToken != nil:
		value, err := s.token(ctx, pod, *from.ServiceAccountToken)
		into[from.ServiceAccountToken.Path] = file{content: []byte(value), mode: 0o600}
		return err
	case from.DownwardAPI != nil:
		return s.downward(pod, from.DownwardAPI.Items, mode, into)
	}
	return fmt.Errorf("the virtual lab projects ConfigMaps, Secrets, tokens and the downward API only")
}

// pick takes all keys, or the listed ones with their paths and modes.
func pick(from string, data map[string][]byte, items []corev1.KeyToPath, optional *bool, mode int32, into map[string]file) error {
	if items == nil {
		for name, value := range data {
			into[name] = file{content: value, mode: mode}
		}
		return nil
	}
	for _, item := range items {
		value, found := data[item.Key]
		if !found && optional != nil && *optional {
			continue
		}
		if !found {
			return fmt.Errorf("%s has no key %s", from, item.Key)
		}
		into[item.Path] = file{content: value, mode: or(item.Mode, mode)}
	}
	return nil
}

func (s *Set) downward(pod *corev1.Pod, items []corev1.DownwardAPIVolumeFile, mode int32, into map[string]file) error {
	for _, item := range items {
		value, err := s.field(pod, item)
		if err != nil {
			return err
		}
		into[item.Path] = file{content: []byte(value), mode: or(item.Mode, mode)}
	}
	return nil
}

func (s *Set) field(pod *corev1.Pod, item corev1.DownwardAPIVolumeFile) (string, error) {
	if item.FieldRef != nil {
		return environment.Field(pod, item.FieldRef.FieldPath)
	}
	for _, container := range pod.Spec.Containers {
		if container.Name == item.ResourceFieldRef.ContainerName {
			return environment.Resource(container, *item.ResourceFieldRef, s.capacity)
		}
	}
	return "", fmt.Errorf("the pod has no container %q", item.ResourceFieldRef.ContainerName)
}

func or(mode *int32, otherwise int32) int32 {
	if mode != nil {
		return *mode
	}
	return otherwise
}

// tolerate turns "not found" into nil for an optional source.
func tolerate(err error, optional *bool) error {
	if apierrors.IsNotFound(err) && optional != nil && *optional {
		return nil
	}
	return err
}
