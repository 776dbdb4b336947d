package images

import (
	"reflect"
	"testing"
)

func TestAnImageIsFoundWhateverItsRegistryTagAndDigest(t *testing.T) {
	for _, c := range []struct {
		image     string
		init, job bool
		program   string
		arguments []string
		workload  string
	}{
		{image: "quay.io/cilium/operator-generic:v1.20.2@sha256:0123", program: "cilium-operator"},
		{image: "mirror.example:5000/proxy/quay.io/cilium/operator-aws", program: "cilium-operator"},
		{image: "quay.io/jetstack/cert-manager-webhook:v1.21.2", program: "cert-manager", arguments: []string{"webhook"}},
		{image: "jetstack/cert-manager-startupapicheck", job: true, program: "cert-manager", arguments: []string{"startupapicheck"}},
		{image: "quay.io/cilium/cilium:v1.20.2@sha256:0123", workload: Agent},
		{image: "quay.io/cilium/cilium:v1.20.2@sha256:0123", init: true, workload: Done},
		{image: "quay.io/cilium/cilium-envoy:v1.40.0", workload: Agent},
		{image: "quay.io/cilium/hubble-relay:v1.20.2", workload: Echo},
		{image: "ghcr.io/gethomepage/homepage:v1", workload: Echo},
		{image: "nginx", workload: Echo},
		{image: "nginx", job: true, workload: Done},
		{image: "localhost:5000/nginx", init: true, workload: Done},
		{image: "example.com/cilium-operator-generic", workload: Echo},
	} {
		got := Default().Find(c.image, c.init, c.job)
		if got.Program != c.program || got.Workload != c.workload || !reflect.DeepEqual(got.Arguments, c.arguments) {
			t.Errorf("%s: got %+v", c.image, got)
		}
	}
}

func TestOnlyAnImageOfARegistryThatExistsNowhereCanNotBePulled(t *testing.T) {
	for _, image := range []string{"nginx", "example.com/invalid:v1", "ghcr.io/my.invalid/web", "registry.invalid.example/web"} {
		if err := Pull(image); err != nil {
			t.Error(err)
		}
	}
	want := `failed to pull and unpack image "registry.invalid:5000/web:v1": failed to resolve reference "registry.invalid:5000/web:v1": dial tcp: lookup registry.invalid: no such host`
	if err := Pull("registry.invalid:5000/web:v1"); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTheRecordTellsRealAndSimulatedApart(t *testing.T) {
	var record Record
	record.Note("nginx", Default().Find("nginx", false, false), "default/b/nginx")
	record.Note("nginx", Default().Find("nginx", false, false), "default/a/nginx")
	record.Note("nginx", Default().Find("nginx", false, false), "default/a/nginx")
	operator := "quay.io/cilium/operator-generic:v1.20.2"
	record.Note(operator, Default().Find(operator, false, false), "kube-system/c/cilium-operator")
	want := []Line{
		{Image: operator, Real: true, Says: "the real Cilium operator", Containers: []string{"kube-system/c/cilium-operator"}},
		{Image: "nginx", Says: "an echo page", Containers: []string{"default/a/nginx", "default/b/nginx"}},
	}
	if got := record.Lines(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
