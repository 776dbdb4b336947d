// Package volumes makes a pod's volumes: folders of the lab that are mounted
// into its containers and kept up to date.
package volumes

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/kubelet/environment"
	"starbase.example/virtual/internal/sandbox"
)

// Source gives what volumes are made of.
type Source interface {
	environment.Source
	// Token asks for a service-account token bound to the pod.
	Token(ctx context.Context, pod *corev1.Pod, audience string, lifetime time.Duration) (token string, expires time.Time, err error)
}

// Set is all volumes of one pod.
type Set struct {
	folder   string
	source   Source
	capacity corev1.ResourceList
	tokens   map[string]token
}

// New prepares nothing yet; folder belongs to the set alone and should be on a
// tmpfs, since secrets are written there.
func New(folder string, source Source, capacity corev1.ResourceList) *Set {
	return &Set{folder: folder, source: source, capacity: capacity, tokens: map[string]token{}}
}

// Update writes all volumes as the API has them now. It is called before the
// containers start, and now and then afterwards: changed ConfigMaps, Secrets
// and renewed tokens replace their files, one at a time and never half-written.
func (s *Set) Update(ctx context.Context, pod *corev1.Pod) error {
	for _, volume := range pod.Spec.Volumes {
		if err := s.update(ctx, pod, volume); err != nil {
			return fmt.Errorf("volume %s: %w", volume.Name, err)
		}
	}
	return nil
}

func (s *Set) update(ctx context.Context, pod *corev1.Pod, volume corev1.Volume) error {
	folder := filepath.Join(s.folder, volume.Name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	sources, err := s.projections(volume)
	if err != nil || sources == nil {
		return err
	}
	files := map[string]file{}
	for _, projection := range sources.Sources {
		if err := s.project(ctx, pod, projection, *sources.DefaultMode, files); err != nil {
			return err
		}
	}
	return write(folder, files)
}

// projections brings every kind of volume whose files come from the API into
// the one form of a projected volume; nil is a folder that is simply empty.
func (s *Set) projections(volume corev1.Volume) (*corev1.ProjectedVolumeSource, error) {
	switch {
	case volume.Projected != nil:
		return projected(volume.Projected.DefaultMode, volume.Projected.Sources...), nil
	case volume.ConfigMap != nil:
		v := volume.ConfigMap
		return projected(v.DefaultMode, corev1.VolumeProjection{ConfigMap: &corev1.ConfigMapProjection{
			LocalObjectReference: v.LocalObjectReference, Items: v.Items, Optional: v.Optional}}), nil
	case volume.Secret != nil:
		v := volume.Secret
		return projected(v.DefaultMode, corev1.VolumeProjection{Secret: &corev1.SecretProjection{
			LocalObjectReference: corev1.LocalObjectReference{Name: v.SecretName}, Items: v.Items, Optional: v.Optional}}), nil
	case volume.DownwardAPI != nil:
		v := volume.DownwardAPI
		return projected(v.DefaultMode, corev1.VolumeProjection{DownwardAPI: &corev1.DownwardAPIProjection{Items: v.Items}}), nil
	case volume.EmptyDir != nil, volume.HostPath != nil:
		return nil, nil
	}
	return nil, fmt.Errorf("the virtual lab has configMap, secret, projected, downwardAPI, emptyDir and (as an empty folder) hostPath volumes only")
}

func projected(mode *int32, sources ...corev1.VolumeProjection) *corev1.ProjectedVolumeSource {
	if mode == nil {
		mode = new(corev1.ProjectedVolumeSourceDefaultMode)
	}
	return &corev1.ProjectedVolumeSource{DefaultMode: mode, Sources: sources}
}

// Mounts are a container's mounts of these volumes.
func (s *Set) Mounts(container corev1.Container, variables map[string]string) []sandbox.Mount {
	mounts := make([]sandbox.Mount, 0, len(container.VolumeMounts))
	for _, mount := range container.VolumeMounts {
		inside := mount.SubPath
		if mount.SubPathExpr != "" {
			inside = environment.Expand(mount.SubPathExpr, variables)
		}
		mounts = append(mounts, sandbox.Mount{
			Source:   filepath.Join(s.folder, mount.Name, inside),
			Path:     mount.MountPath,
			ReadOnly: mount.ReadOnly,
		})
	}
	return mounts
}

// Remove deletes the volumes with all their files.
func (s *Set) Remove() error { return os.RemoveAll(s.folder) }
