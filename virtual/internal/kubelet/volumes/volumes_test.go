package volumes

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"starbase.example/virtual/internal/sandbox"
)

// api is a Source; its tokens are numbered and live for the time given.
type api struct {
	configMaps map[string]map[string]string
	tokens     int
	lifetime   time.Duration
}

func (a *api) ConfigMap(_ context.Context, _, name string) (*corev1.ConfigMap, error) {
	data, exists := a.configMaps[name]
	if !exists {
		return nil, apierrors.NewNotFound(schema.GroupResource{Resource: "configmaps"}, name)
	}
	return &corev1.ConfigMap{Data: data}, nil
}

func (a *api) Secret(_ context.Context, _, name string) (*corev1.Secret, error) {
	return nil, apierrors.NewNotFound(schema.GroupResource{Resource: "secrets"}, name)
}

func (a *api) Token(_ context.Context, _ *corev1.Pod, audience string, _ time.Duration) (string, time.Time, error) {
	a.tokens++
	return audience + "-token-" + strconv.Itoa(a.tokens), time.Now().Add(a.lifetime), nil
}

func pod(volumes ...corev1.Volume) *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "one", Namespace: "lab", Labels: map[string]string{"app": "x"}},
		Spec:       corev1.PodSpec{Volumes: volumes},
	}
}

// account is the volume that the API server adds to every pod.
func account() corev1.Volume {
	return corev1.Volume{Name: "kube-api-access", VolumeSource: corev1.VolumeSource{Projected: &corev1.ProjectedVolumeSource{
		Sources: []corev1.VolumeProjection{
			{ServiceAccountToken: &corev1.ServiceAccountTokenProjection{Path: "token", Audience: "api"}},
			{ConfigMap: &corev1.ConfigMapProjection{LocalObjectReference: corev1.LocalObjectReference{Name: "kube-root-ca.crt"},
				Items: []corev1.KeyToPath{{Key: "ca.crt", Path: "ca.crt"}}}},
			{DownwardAPI: &corev1.DownwardAPIProjection{Items: []corev1.DownwardAPIVolumeFile{
				{Path: "namespace", FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.namespace"}}}}},
		}}}}
}

func tree(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(folder, path)
		found[name] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func update(t *testing.T, s *Set, p *corev1.Pod) {
	t.Helper()
	if err := s.Update(t.Context(), p); err != nil {
		t.Fatal(err)
	}
}

func TestTheServiceAccountsVolumeHoldsTokenCAAndNamespace(t *testing.T) {
	folder := t.TempDir()
	source := &api{configMaps: map[string]map[string]string{"kube-root-ca.crt": {"ca.crt": "CA", "other": "no"}}, lifetime: time.Hour}
	set := New(folder, source, nil)
	update(t, set, pod(account()))
	update(t, set, pod(account()))
	want := map[string]string{
		"kube-api-access/token":     "api-token-1",
		"kube-api-access/ca.crt":    "CA",
		"kube-api-access/namespace": "lab",
	}
	if got := tree(t, folder); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestATokenIsRenewedBeforeItExpires(t *testing.T) {
	folder := t.TempDir()
	source := &api{configMaps: map[string]map[string]string{"kube-root-ca.crt": {"ca.crt": "CA"}}, lifetime: 0}
	set := New(folder, source, nil)
	update(t, set, pod(account()))
	update(t, set, pod(account()))
	if got := tree(t, folder)["kube-api-access/token"]; got != "api-token-2" {
		t.Errorf("got %s", got)
	}
}

func TestChangedConfigMapsChangeFilesAndDropOldOnes(t *testing.T) {
	folder := t.TempDir()
	source := &api{configMaps: map[string]map[string]string{"config": {"a": "1", "b": "2"}}}
	set := New(folder, source, nil)
	p := pod(corev1.Volume{Name: "config", VolumeSource: corev1.VolumeSource{ConfigMap: &corev1.ConfigMapVolumeSource{
		LocalObjectReference: corev1.LocalObjectReference{Name: "config"}}}})
	update(t, set, p)
	source.configMaps["config"] = map[string]string{"b": "3", "c": "4"}
	update(t, set, p)
	want := map[string]string{"config/b": "3", "config/c": "4"}
	if got := tree(t, folder); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestOnlyOptionalSourcesMayBeMissing(t *testing.T) {
	optional := true
	secret := func(o *bool) corev1.Volume {
		return corev1.Volume{Name: "certs", VolumeSource: corev1.VolumeSource{Secret: &corev1.SecretVolumeSource{SecretName: "unknown", Optional: o}}}
	}
	set := New(t.TempDir(), &api{}, nil)
	update(t, set, pod(secret(&optional)))
	err := set.Update(t.Context(), pod(secret(nil)))
	if err == nil || err.Error() != `volume certs: secrets "unknown" not found` {
		t.Errorf("got %v", err)
	}
}

func TestFilesWrittenByContainersInEmptyFoldersStay(t *testing.T) {
	folder := t.TempDir()
	set := New(folder, &api{}, nil)
	p := pod(
		corev1.Volume{Name: "scratch", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}},
		corev1.Volume{Name: "host", VolumeSource: corev1.VolumeSource{HostPath: &corev1.HostPathVolumeSource{Path: "/etc"}}})
	update(t, set, p)
	if err := os.WriteFile(filepath.Join(folder, "scratch", "kept"), []byte("yes"), 0o600); err != nil {
		t.Fatal(err)
	}
	update(t, set, p)
	want := map[string]string{"scratch/kept": "yes"}
	if got := tree(t, folder); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	mounts := set.Mounts(corev1.Container{VolumeMounts: []corev1.VolumeMount{{Name: "scratch", MountPath: "/data", SubPathExpr: "$(POD)", ReadOnly: true}}},
		map[string]string{"POD": "one"})
	if want := []sandbox.Mount{{Source: folder + "/scratch/one", Path: "/data", ReadOnly: true}}; !reflect.DeepEqual(mounts, want) {
		t.Errorf("got %v, want %v", mounts, want)
	}
}
