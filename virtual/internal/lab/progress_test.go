package lab

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starbase.example/virtual/internal/report"
)

// names are the steps as a listener hears them: begun, then ended, with the error.
func names(steps []report.Step) (all []string) {
	for _, s := range steps {
		text := s.Name + " begins"
		if s.Ended {
			text = s.Name + " ends " + s.Error
		}
		all = append(all, text)
	}
	return all
}

func TestALateListenerHearsAllStepsAndTheEnd(t *testing.T) {
	p := newProgress()
	if err := p.step("network", func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := p.step("control plane", func() error { return errors.New("no") }); err == nil {
		t.Fatal("the step's error is lost")
	}
	p.end()
	var heard []report.Step
	p.follow(t.Context(), func(s report.Step) error { heard = append(heard, s); return nil })
	want := []string{"network begins", "network ends ", "control plane begins", "control plane ends no"}
	if got := names(heard); !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestAClientHearsStepsBySocketAndTheFailedOne(t *testing.T) {
	folder, p := t.TempDir(), newProgress()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	parts := []Part{{"etcd", Real, "a process"}}
	c := control{progress: p, environment: func() []string { return []string{"A=b"} }, parts: func() []Part { return parts }}
	if err := c.serve(ctx, folder); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = p.step("network", func() error { return nil })
		_ = p.step("nodes", func() error { return errors.New("not registered: w1") })
		p.end()
	}()
	var heard []report.Step
	client := Client{Folder: folder}
	err := client.Await(ctx, func(s report.Step) { heard = append(heard, s) })
	if !errors.Is(err, ErrFailed) || err.Error() != `the lab could not be started at the step "nodes": not registered: w1` {
		t.Fatalf("got %v", err)
	}
	if got, want := names(heard), []string{"network begins", "network ends ", "nodes begins"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	if got, err := client.Environment(ctx); err != nil || !slices.Equal(got, []string{"A=b"}) {
		t.Fatalf("environment: %q, %v", got, err)
	}
	if got, err := client.Parts(ctx); err != nil || !slices.Equal(got, parts) {
		t.Fatalf("parts: %v, %v", got, err)
	}
}

func TestNobodyWaitsForALabThatIsGone(t *testing.T) {
	gone := Client{Folder: t.TempDir(), Alive: func() bool { return false }}
	if err := gone.Await(t.Context(), func(report.Step) {}); err == nil {
		t.Fatal("a lab that is gone answered")
	}
}

func TestImagesAreNamedWithoutRegistryAndDigest(t *testing.T) {
	for image, want := range map[string]string{
		"quay.io/cilium/operator-generic:v1.20.2@sha256:abc": "cilium/operator-generic:v1.20.2",
		"localhost:5000/app:1":                               "app:1", "traefik/whoami:v1.11.0": "traefik/whoami:v1.11.0", "busybox": "busybox",
	} {
		if got := short(image); got != want {
			t.Errorf("%s: got %s, want %s", image, got, want)
		}
	}
}

// A socket's address has room for 107 bytes; the lab's folder may be longer.
func TestALabMayLieDeepInTheFolders(t *testing.T) {
	folder := filepath.Join(t.TempDir(), strings.Repeat("deeper/", 20))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	p := newProgress()
	p.end()
	if err := (control{progress: p}).serve(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	if err := (Client{Folder: folder}).Await(t.Context(), func(report.Step) {}); err != nil {
		t.Fatal(err)
	}
}
