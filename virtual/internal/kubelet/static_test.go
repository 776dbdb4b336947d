package kubelet_test

import (
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// static is a pod that something else than the kubelet runs.
var static = corev1.Pod{
	ObjectMeta: metav1.ObjectMeta{Namespace: metav1.NamespaceSystem, Name: "kube-scheduler", Labels: map[string]string{"k8s-app": "kube-scheduler"}},
	Spec: corev1.PodSpec{HostNetwork: true, PriorityClassName: "system-cluster-critical",
		Containers: []corev1.Container{{Name: "kube-scheduler", Image: "registry.k8s.io/kube-scheduler:v1.36.4"}}},
}

// mirrors wants worker-1's static pod in the API, Ready, and there again when somebody has deleted it; nothing is run for it.
func (c *cluster) mirrors(t *testing.T) {
	t.Helper()
	seen := func() string {
		return c.kubectl(t, "", "get", "pods", "--namespace=kube-system", "--selector=k8s-app=kube-scheduler", "-o",
			`jsonpath={range .items[*]}{.metadata.name} {.status.phase} {.status.conditions[?(@.type=="Ready")].status} {.status.hostIP} {.metadata.ownerReferences[0].kind} {.metadata.uid}{end}`)
	}
	const want = "kube-scheduler-worker-1 Running True 192.168.1.21 Node "
	first := ""
	eventually(t, 20*time.Second, "a mirror pod", func() (bool, string) {
		first = seen()
		return strings.HasPrefix(first, want), first
	})
	c.kubectl(t, "", "delete", "pod", "--namespace=kube-system", "kube-scheduler-worker-1", "--wait=false")
	eventually(t, 20*time.Second, "another mirror pod", func() (bool, string) {
		now := seen()
		return strings.HasPrefix(now, want) && now != first, now
	})
	for _, line := range c.record.Lines() {
		if strings.Contains(line.Image, "kube-scheduler") {
			t.Errorf("run: %+v", line)
		}
	}
}
