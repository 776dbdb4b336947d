package lab

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starbase.example/virtual/internal/report"
)

// namesOf are the steps as a listener hears them: begun, then ended, with the error.
func namesOf(steps []report.Step) (all []string) {
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
	if got := namesOf(heard); !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestAClientHearsStepsBySocketAndTheFailedOne(t *testing.T) {
	folder, p := t.TempDir(), newProgress()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	if err := (control{offered: played{}, progress: p, simulated: http.NotFoundHandler()}).serve(ctx, folder); err != nil {
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
	if got, want := namesOf(heard), []string{"network begins", "network ends ", "nodes begins"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	if got, err := client.Environment(ctx); err != nil || !slices.Equal(got, []string{"A=b"}) {
		t.Fatalf("environment: %q, %v", got, err)
	}
	if got, err := client.Parts(ctx); err != nil || !slices.Equal(got, played{}.parts()) {
		t.Fatalf("parts: %v, %v", got, err)
	}
}

// played is a lab with one machine that stays on whatever one does.
type played struct{}

func (played) environment() []string { return []string{"A=b"} }
func (played) parts() []Part         { return []Part{{"etcd", Real, "a process"}} }
func (played) Machines() []Machine   { return []Machine{{Name: "w1", Address: "192.168.1.21", On: true}} }
func (played) PowerOn(string) error  { return nil }
func (played) PowerOff(name string) error {
	return fmt.Errorf("machine %s has no plug", name)
}

func TestMachinesAreSwitchedBySocketAndARefusalIsHeard(t *testing.T) {
	folder := t.TempDir()
	if err := (control{offered: played{}, progress: newProgress(), simulated: http.NotFoundHandler()}).serve(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	client := Client{Folder: folder}
	if got, err := client.Machines(t.Context()); err != nil || !slices.Equal(got, played{}.Machines()) {
		t.Errorf("machines: %v, %v", got, err)
	}
	if err := client.Power(t.Context(), "w1", true); err != nil {
		t.Errorf("on: %v", err)
	}
	if err := client.Power(t.Context(), "w 1/2", false); err == nil || err.Error() != "machine w 1/2 has no plug" {
		t.Errorf("off: %v", err)
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
	if err := (control{offered: played{}, progress: p, simulated: http.NotFoundHandler()}).serve(t.Context(), folder); err != nil {
		t.Fatal(err)
	}
	if err := (Client{Folder: folder}).Await(t.Context(), func(report.Step) {}); err != nil {
		t.Fatal(err)
	}
}
