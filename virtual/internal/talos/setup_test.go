package talos

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/lan/lantest"
	"starbase.example/virtual/internal/proxmox"
)

func TestMain(m *testing.M) { os.Exit(lantest.Main(m)) }

// segment is the only LAN of the process: a second one can't be made.
var segment = sync.OnceValues(func() (*lan.LAN, error) { return lan.New(netip.MustParsePrefix("192.168.1.1/24")) })

const (
	schematic = "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515"
	other     = "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d32b4ba0"
	imageURL  = "https://factory.talos.dev/image/" + schematic + "/v1.13.0/nocloud-amd64.qcow2"
	cp1, w1   = 111, 121
)

// addresses of the tests' machines by their ids.
var addresses = map[int]string{cp1: "192.168.1.11/24", 112: "192.168.1.12/24", w1: "192.168.1.21/24"}

// names of the tests' machines by their ids.
var names = map[int]string{cp1: "cp1", 112: "cp2", w1: "w1"}

// site is machines on a LAN, a hypervisor that only keeps what it is told, and a folder for talosctl.
type site struct {
	*Fleet
	t      *testing.T
	folder string
	// end is the end of the lab.
	end context.CancelFunc
	// disks are what is written on the machines' disks.
	mutex    sync.Mutex
	disks    map[int]map[string]string
	agents   map[int][]proxmox.Interface
	told     []string
	clusters *clusters
}

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{t: t, folder: t.TempDir(), disks: map[int]map[string]string{}, agents: map[int][]proxmox.Interface{}, clusters: &clusters{}}
	s.start()
	return s
}

// start is what the lab's daemon does; the disks and folders of an earlier one are still there.
func (s *site) start() {
	s.t.Helper()
	l, err := segment()
	if err != nil {
		s.t.Fatal(err)
	}
	whole, end := context.WithCancel(context.Background())
	s.Fleet, err = New(Options{LAN: l, Folder: filepath.Join(s.folder, "disks"), Speed: 200, Whole: whole,
		Runtime:    func(int) Runtime { return &pretended{clusters: s.clusters} },
		Extensions: func(id string) []string { return map[string][]string{schematic: {agentExtension}}[id] }})
	if err != nil {
		s.t.Fatal(err)
	}
	s.Attach(s)
	s.end = end
	fleet := s.Fleet
	s.t.Cleanup(func() { end(); fleet.Wait() })
}

// machine is a virtual machine as the hypervisor describes one that was made from the image.
func (s *site) machine(vmid int) proxmox.Machine {
	mac := "BC:24:11:00:00:0B"
	return proxmox.Machine{VMID: vmid, Name: names[vmid], Boot: []string{"scsi0"},
		NICs:      []proxmox.NIC{{Slot: "net0", MAC: mac, Bridge: "vmbr0"}},
		Disks:     []proxmox.Disk{{Slot: "scsi0", Size: 20 << 30, URL: imageURL}},
		CloudInit: drive(vmid, strings.ToLower(mac), "static, address: "+addresses[vmid])}
}

// drive returns a cloud-init drive with a subnet for one card.
func drive(vmid int, mac, subnet string) *proxmox.CloudInit {
	return &proxmox.CloudInit{UserData: "#cloud-config\nhostname: " + names[vmid] + "\n",
		NetworkConfig: fmt.Sprintf("version: 1\nconfig: [{type: physical, name: eth0, mac_address: '%s', subnets: [{type: %s}]}]\n", mac, subnet)}
}

// on gives machines power and waits until they answer.
func (s *site) on(vmids ...int) {
	s.t.Helper()
	for _, id := range vmids {
		s.PowerOn(s.machine(id))
	}
	for _, id := range vmids {
		s.answers(id)
	}
}

func (s *site) answers(vmid int) {
	s.t.Helper()
	s.eventually(names[vmid]+" answers", func() bool { return s.seen(vmid).Answers })
}

// seen is a machine as it shows itself at the moment.
func (s *site) seen(vmid int) Machine {
	for _, m := range s.Machines() {
		if m.VMID == vmid {
			return m
		}
	}
	return Machine{Stage: "unknown"}
}

func (s *site) eventually(what string, holds func() bool) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	s.t.Fatalf("not within half a minute: %s; what happened:\n%s", what, s.story())
}

func (s *site) story() string {
	var lines []string
	for _, e := range s.Events(0) {
		lines = append(lines, e.String())
	}
	return strings.Join(lines, "\n")
}

// count is how often something has happened to a machine.
func (s *site) count(vmid int, kind, what string) int {
	n := 0
	for _, e := range s.Events(0) {
		if e.VMID == vmid && e.Kind == kind && e.What == what {
			n++
		}
	}
	return n
}

// ok runs the real talosctl from the LAN and returns what it printed.
func (s *site) ok(arguments ...string) string {
	s.t.Helper()
	out, err := s.talosctl(arguments...)
	if err != nil {
		s.t.Fatalf("talosctl %s: %v\n%s\nwhat happened:\n%s", strings.Join(arguments, " "), err, out, s.story())
	}
	return out
}

// fails runs talosctl, which must fail and say the words.
func (s *site) fails(words string, arguments ...string) {
	s.t.Helper()
	out, err := s.talosctl(arguments...)
	if err == nil || !strings.Contains(out, words) {
		s.t.Fatalf("talosctl %s: wanted a failure with %q, got %v\n%s", strings.Join(arguments, " "), words, err, out)
	}
}

func (s *site) talosctl(arguments ...string) (string, error) {
	s.t.Helper()
	return s.within(time.Minute, arguments...)
}

func (s *site) within(limit time.Duration, arguments ...string) (string, error) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), limit)
	defer cancel()
	bin := os.Getenv("STARBASE_BIN")
	if bin == "" {
		s.t.Fatal("STARBASE_BIN is not set: it names the folder of the built programs, talosctl among them, and ./lab test sets it")
	}
	l, err := segment()
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "talosctl"), arguments...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr, cmd.Dir = &out, &out, s.folder
	cmd.Env = []string{"HOME=" + s.folder, "TALOSCONFIG=" + filepath.Join(s.folder, "talosconfig")}
	if err := l.Namespace().Start(cmd); err != nil {
		s.t.Fatal(err)
	}
	err = cmd.Wait()
	return out.String(), err
}

// node are talosctl's words for one machine, before the command's own.
func node(vmid int, arguments ...string) []string {
	ip, _, _ := strings.Cut(addresses[vmid], "/")
	return append([]string{"-e", ip, "-n", ip}, arguments...)
}

// inMaintenance are the words after a command for a machine in maintenance mode.
func inMaintenance(vmid int, arguments ...string) []string {
	ip, _, _ := strings.Cut(addresses[vmid], "/")
	return append(arguments, "--insecure", "-n", ip)
}

// The site is its machines' hypervisor.

func (s *site) tell(what string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.told = append(s.told, what)
}

func (s *site) hears(what string) {
	s.t.Helper()
	s.eventually("the hypervisor hears "+what, func() bool {
		s.mutex.Lock()
		defer s.mutex.Unlock()
		return slices.Contains(s.told, what)
	})
}

func (s *site) GuestPoweredOff(vmid int) { s.tell("off " + names[vmid]) }
func (s *site) GuestRebooted(vmid int)   { s.tell("rebooted " + names[vmid]) }
func (s *site) AgentDown(vmid int)       { s.tell("agent down " + names[vmid]) }

func (s *site) AgentUp(vmid int, interfaces []proxmox.Interface) {
	s.tell("agent up " + names[vmid])
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.agents[vmid] = interfaces
}

func (s *site) DiskData(vmid int, _ string) (map[string]string, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return maps.Clone(s.disks[vmid]), nil
}

func (s *site) WriteDisk(vmid int, _ string, data map[string]string) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.disks[vmid] = maps.Clone(data)
	return nil
}

var _ Hypervisor = (*proxmox.Cluster)(nil)
