package controlplane

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/config/generate"
	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"github.com/siderolabs/talos/pkg/machinery/config/machine"
)

const endpoint = "https://192.168.1.10:6443"

// input has the secrets of one cluster, which take seconds to make.
var input = sync.OnceValues(func() (*generate.Input, error) {
	contract, err := config.ParseContractFromVersion("v1.13")
	if err != nil {
		return nil, err
	}
	bundle, err := secrets.NewBundle(secrets.NewClock(), contract)
	if err != nil {
		return nil, err
	}
	return generate.NewInput("lab", endpoint, "1.36.5", generate.WithVersionContract(contract), generate.WithSecretsBundle(bundle),
		generate.WithAdditionalSubjectAltNames([]string{"lab.example"}))
})

// machineConfig is what `talosctl gen config` makes, a control plane's with a virtual address.
func machineConfig(t *testing.T, kind machine.Type) config.Provider {
	t.Helper()
	from, err := input()
	if err != nil {
		t.Fatal(err)
	}
	made, err := from.Config(kind)
	if err != nil {
		t.Fatal(err)
	}
	text, err := made.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if kind == machine.TypeControlPlane {
		text = append(text, "\n---\napiVersion: v1alpha1\nkind: Layer2VIPConfig\nname: 192.168.1.10\nlink: eth0\n"...)
	}
	read, err := configloader.NewFromBytes(text)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestAMachineConfigurationSaysWhatAControlPlaneIs(t *testing.T) {
	o, err := OptionsOf(machineConfig(t, machine.TypeControlPlane))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(o.Endpoint, o.Pods, o.Services, o.Domain, o.VIP)
	if want := fmt.Sprint(endpoint, "10.244.0.0/16", "10.96.0.0/12", "cluster.local", netip.MustParseAddr("192.168.1.10")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, name := range []string{"192.168.1.10", "lab.example"} {
		if !slices.Contains(o.Names, name) {
			t.Errorf("the API server's names lack %s: %v", name, o.Names)
		}
	}
	if len(o.Token.ID) != 6 || len(o.Token.Secret) != 16 {
		t.Errorf("bootstrap token: %d and %d characters", len(o.Token.ID), len(o.Token.Secret))
	}
	if !strings.Contains(string(o.Admission), `"name":"PodSecurity"`) {
		t.Errorf("admission: %s", o.Admission)
	}
	if _, err := o.PKI.Kubernetes.Issue(Admin); err != nil {
		t.Error(err)
	}
	if !strings.Contains(string(o.PKI.encryption()), o.PKI.Secretbox) || o.PKI.Secretbox == "" {
		t.Errorf("encryption: %s", o.PKI.encryption())
	}
}

func TestAWorkersMachineConfigurationMakesNoControlPlane(t *testing.T) {
	_, err := OptionsOf(machineConfig(t, machine.TypeWorker))
	if err == nil || !strings.Contains(err.Error(), "the machine configuration has no certificate with its key at cluster.ca: a control plane's has") {
		t.Errorf("got %v", err)
	}
}
