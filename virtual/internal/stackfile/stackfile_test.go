package stackfile

import (
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func reading(t *testing.T, text string) (Hardware, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "Pulumi.test.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return Read(path)
}

const network = `config:
  starbase:network: {lan: 10.1.0.0/16, router: 10.1.0.1, hosts: {pve1: 10.1.0.2, pve2: 10.1.0.3, printer: 10.1.0.9}}
`

func TestAnExistingClusterIsItsPlannedMachinesControlPlanesFirst(t *testing.T) {
	h, err := reading(t, network+`
  starbase:cluster: {kind: existing}
  starbase:machines:
    w: {role: worker, address: 10.1.0.21}
    b: {role: controlPlane, address: 10.1.0.12}
    a: {role: controlPlane, address: 10.1.0.11}`)
	if err != nil {
		t.Fatal(err)
	}
	want := Hardware{Router: netip.MustParsePrefix("10.1.0.1/16"), Machines: []Machine{
		{"a", netip.MustParseAddr("10.1.0.11"), true}, {"b", netip.MustParseAddr("10.1.0.12"), true},
		{"w", netip.MustParseAddr("10.1.0.21"), false}}}
	if !reflect.DeepEqual(h, want) {
		t.Errorf("got %+v, want %+v", h, want)
	}
}

func TestProxmoxHasTheHostsThatMachinesName(t *testing.T) {
	h, err := reading(t, network+`
  starbase:cluster: {kind: talos, plan: {vip: 10.1.0.10}}
  starbase:machines:
    c: {role: controlPlane, address: 10.1.0.11, host: pve1, bridge: vmbr1}
    w: {role: worker, address: 10.1.0.21, host: pve1, pool: lab, extraDisks: [{datastore: hdd}], pci: [gpu]}
  starbase:machineDefaults: {datastore: zfs}
  starbase:proxmox:
    endpoint: https://10.1.0.3:8007
    image: {datastore: nas}`)
	if err != nil {
		t.Fatal(err)
	}
	want := Proxmox{Endpoint: netip.MustParseAddr("10.1.0.3"), Port: 8007,
		Hosts: map[string]netip.Addr{"pve1": netip.MustParseAddr("10.1.0.2"), "pve2": netip.MustParseAddr("10.1.0.3")}}
	if !h.Talos || h.VIP != netip.MustParseAddr("10.1.0.10") || !reflect.DeepEqual(h.Proxmox, want) {
		t.Errorf("got %+v, want %+v", h.Proxmox, want)
	}
}

func TestWhatALabCannotDoWithoutIsNamed(t *testing.T) {
	_, err := reading(t, `config:
  starbase:network: {lan: 10.1.0.0, router: 10.1.0.1}
  starbase:cluster: {kind: talos}
  starbase:machines: {w: {role: worker, address: nowhere, host: pve7}}
  starbase:proxmox: {}`)
	for _, part := range []string{"Pulumi.test.yaml", "./lab check", `starbase:network.lan is no network, as 192.168.1.0/24: "10.1.0.0"`,
		`starbase:machines.w.address is no IP address: "nowhere"`, "starbase:machines has no control plane",
		`starbase:proxmox.endpoint is no URL, as https://192.168.1.2:8006: ""`,
		`starbase:machines.w.host is not among starbase:network.hosts: "pve7"`} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in: %v", part, err)
		}
	}
}

func TestAFileOfAnEarlierReleaseIsSentToTheCheck(t *testing.T) {
	_, err := reading(t, network+`
  starbase:cluster: {kind: talos, plan: {controlPlanes: {c: 10.1.0.11}, workers: {w: 10.1.0.21}}}
  starbase:proxmox: {machines: {c: {host: pve1}}}`)
	if err == nil || !strings.Contains(err.Error(), "./lab check shows starbase:machines") || strings.Count(err.Error(), "starbase:") != 2 {
		t.Errorf("said: %v", err)
	}
}
