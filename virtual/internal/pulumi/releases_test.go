package pulumi

import (
	"context"
	"slices"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
)

func record(name, status, version string) *corev1.Secret {
	return &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Namespace: "kube-system", Name: "sh.helm.release.v1." + name + ".v" + version,
		Labels: map[string]string{"owner": "helm", "name": name, "status": status, "version": version}}}
}

// The fake client knows label selectors; that Helm then installs anew is shown by a real lab only.
func TestOnlyRecordsThatBlockHelmAreDeleted(t *testing.T) {
	client := fake.NewClientset(
		record("cilium", "deployed", "1"), record("cilium", "pending-upgrade", "2"),
		record("cert-manager", "deployed", "1"), record("other", "pending-install", "1"), record("done", "failed", "1"),
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Namespace: "gateway", Name: "cert-starbase"}})
	pending, err := pendingOperations([]byte(`{"deployment":{"pending_operations":[
		{"type":"creating","resource":{"urn":"urn:pulumi:lab::starbase::kubernetes:helm.sh/v3:Release::certs-release",
		 "type":"kubernetes:helm.sh/v3:Release","inputs":{"name":"cert-manager"}}},
		{"type":"updating","resource":{"urn":"urn:pulumi:lab::starbase::kubernetes:helm.sh/v3:Release::cilium-release",
		 "type":"kubernetes:helm.sh/v3:Release","inputs":{"name":"cilium"}}}]}}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := repairReleases(client, pending); err != nil {
		t.Fatal(err)
	}
	left, err := client.CoreV1().Secrets("").List(context.Background(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, secret := range left.Items {
		names = append(names, secret.Name)
	}
	slices.Sort(names)
	if want := []string{"cert-starbase", "sh.helm.release.v1.cilium.v1", "sh.helm.release.v1.done.v1"}; !slices.Equal(names, want) {
		t.Fatalf("left: %q, want %q", names, want)
	}
}
