package outside_test

import (
	"crypto/x509"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"

	"starbase.example/virtual/internal/outside"
)

func TestTheWorldsNamesLeadToItsAddress(t *testing.T) {
	world, err := outside.Open(t.TempDir(), modules(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"203.0.113.10 charts.jetstack.io", "203.0.113.10 factory.talos.dev", "203.0.113.10 helm.cilium.io", "203.0.113.10 images.storage.example", "203.0.113.10 raw.githubusercontent.com"}
	if got := world.Hosts(); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhoTrustsAnotherLabsAuthorityIsNotAnswered(t *testing.T) {
	served(t)
	other, err := outside.Open(t.TempDir(), modules(t))
	if err != nil {
		t.Fatal(err)
	}
	_, err = client(t, other.CAFile()).Get("https://helm.cilium.io/index.yaml")
	if unknown := (x509.UnknownAuthorityError{}); !errors.As(err, &unknown) {
		t.Errorf("the error is %v", err)
	}
}

func TestJavaTrustsTheWorldByItsEnvironmentOnly(t *testing.T) {
	if _, err := exec.LookPath("java"); err != nil {
		t.Fatalf("this test runs a JDK (17 or newer), which has to be on PATH: %v", err)
	}
	world := served(t)
	ask := func(environment ...string) (string, error) {
		cmd := exec.Command("java", "testdata/Ask.java", "https://"+outside.Address+"/")
		cmd.Env = append(os.Environ(), environment...)
		output, err := cmd.Output()
		return strings.TrimSpace(string(output)), err
	}
	if status, err := ask(world.Environment()...); err != nil || status != "404" {
		t.Errorf("with it: %q, %v", status, err)
	}
	if status, err := ask(); err == nil {
		t.Errorf("without it: answered %q", status)
	}
}

func TestTheMachinesOwnNetworkIsLeftAlone(t *testing.T) {
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), listenProbe+"=1")
	// A user namespace without a network of its own: to it, the network is its parent's.
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: 0, Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: 0, Size: 1}},
	}
	output, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(output), "refusing to touch the network: ") {
		t.Errorf("it said %s", output)
	}
}
