package environment

import (
	"context"
	"reflect"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

func TestVariablesAreExpandedAsTheKubeletDoes(t *testing.T) {
	variables := map[string]string{"A": "1", "B": "$(A)", "EMPTY": ""}
	for text, want := range map[string]string{
		"plain":          "plain",
		"$(A)":           "1",
		"x$(A)y$(A)z":    "x1y1z",
		"$(B)":           "$(A)",
		"[$(EMPTY)]":     "[]",
		"$(UNKNOWN)":     "$(UNKNOWN)",
		"$$(A)":          "$(A)",
		"$$$(A)":         "$1",
		"$A $":           "$A $",
		"$(A":            "$(A",
		"--debug=$(A)":   "--debug=1",
		"price: 5$ $(A)": "price: 5$ 1",
	} {
		if got := Expand(text, variables); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// objects holds one ConfigMap and one Secret, both named "known".
type objects struct{}

func (objects) ConfigMap(_ context.Context, _, name string) (*corev1.ConfigMap, error) {
	if name != "known" {
		return nil, apierrors.NewNotFound(schema.GroupResource{Resource: "configmaps"}, name)
	}
	return &corev1.ConfigMap{Data: map[string]string{"debug": "false"}}, nil
}

func (objects) Secret(_ context.Context, _, name string) (*corev1.Secret, error) {
	if name != "known" {
		return nil, apierrors.NewNotFound(schema.GroupResource{Resource: "secrets"}, name)
	}
	return &corev1.Secret{Data: map[string][]byte{"password": []byte("s3cret")}}, nil
}

func pod() *corev1.Pod {
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: "one", Namespace: "lab", UID: "u-1", Labels: map[string]string{"app": "x", "b": "y"}},
		Spec:       corev1.PodSpec{NodeName: "w1", ServiceAccountName: "runner"},
		Status:     corev1.PodStatus{PodIP: "10.244.1.2", HostIP: "192.168.1.21"},
	}
}

func config(name, key string, optional bool) *corev1.EnvVarSource {
	return &corev1.EnvVarSource{ConfigMapKeyRef: &corev1.ConfigMapKeySelector{
		LocalObjectReference: corev1.LocalObjectReference{Name: name}, Key: key, Optional: &optional}}
}

func field(path string) *corev1.EnvVarSource {
	return &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: path}}
}

func TestAContainersEnvironmentComesFromAllSourcesInOrder(t *testing.T) {
	container := corev1.Container{
		EnvFrom: []corev1.EnvFromSource{{Prefix: "P_", SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: "known"}}}},
		Env: []corev1.EnvVar{
			{Name: "KUBERNETES_SERVICE_HOST", Value: "localhost"},
			{Name: "NODE", ValueFrom: field("spec.nodeName")},
			{Name: "LABEL", ValueFrom: field("metadata.labels['app']")},
			{Name: "URL", Value: "https://$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT)/$(NODE)"},
			{Name: "DEBUG", ValueFrom: config("known", "debug", false)},
			{Name: "NO_MAP", ValueFrom: config("unknown", "debug", true)},
			{Name: "NO_KEY", ValueFrom: config("known", "unknown", true)},
			{Name: "MEMORY", ValueFrom: &corev1.EnvVarSource{ResourceFieldRef: &corev1.ResourceFieldSelector{Resource: "limits.memory", Divisor: resource.MustParse("1Mi")}}},
		},
	}
	resolver := Resolver{Source: objects{}, Capacity: corev1.ResourceList{"memory": resource.MustParse("2Gi")}}
	got, err := resolver.Resolve(t.Context(), pod(), container, map[string]string{"KUBERNETES_SERVICE_HOST": "10.96.0.1", "KUBERNETES_SERVICE_PORT": "443"})
	want := map[string]string{
		"KUBERNETES_SERVICE_HOST": "localhost",
		"KUBERNETES_SERVICE_PORT": "443",
		"P_password":              "s3cret",
		"NODE":                    "w1",
		"LABEL":                   "x",
		"URL":                     "https://localhost:443/w1",
		"DEBUG":                   "false",
		"MEMORY":                  "2048",
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v, %v\nwant %v", got, err, want)
	}
}

func TestAReferenceThatPointsNowhereIsNamed(t *testing.T) {
	for want, source := range map[string]*corev1.EnvVarSource{
		`environment variable X: configmaps "unknown" not found`:                             config("unknown", "debug", false),
		`environment variable X: ConfigMap known has no key unknown`:                         config("known", "unknown", false),
		`environment variable X: fieldPath "spec.volumes" is not one that pods can refer to`: field("spec.volumes"),
	} {
		container := corev1.Container{Env: []corev1.EnvVar{{Name: "X", ValueFrom: source}}}
		_, err := Resolver{Source: objects{}}.Resolve(t.Context(), pod(), container, map[string]string{})
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestLabelsAsAFileAreSortedAndQuoted(t *testing.T) {
	got, err := Field(pod(), "metadata.labels")
	if err != nil || got != "app=\"x\"\nb=\"y\"" {
		t.Errorf("got %q, %v", got, err)
	}
}
