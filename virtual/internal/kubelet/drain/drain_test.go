package drain

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestOnlyPodsThatBelongToTheNodeStay(t *testing.T) {
	owned := func(kind string) corev1.Pod {
		return corev1.Pod{ObjectMeta: metav1.ObjectMeta{OwnerReferences: []metav1.OwnerReference{{Kind: kind, Controller: new(true)}}}}
	}
	static := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Annotations: map[string]string{corev1.MirrorPodAnnotationKey: "hash"}}}
	for _, c := range []struct {
		name string
		pod  corev1.Pod
		want bool
	}{
		{"of a DaemonSet", owned("DaemonSet"), true}, {"static", static, true},
		{"of a ReplicaSet", owned("ReplicaSet"), false}, {"of nobody", corev1.Pod{}, false},
	} {
		if got := stays(c.pod); got != c.want {
			t.Errorf("a pod %s stays: %t, want %t", c.name, got, c.want)
		}
	}
}
