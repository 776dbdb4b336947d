package lab

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"

	"starbase.example/virtual/internal/proxmox"
	"starbase.example/virtual/internal/stackfile"
	"starbase.example/virtual/internal/talos"
)

// virtual is the machines of a lab whose program makes them: at first there are none, but hosts with a simulated Proxmox;
// on its virtual machines boots a simulated Talos.
type virtual struct {
	*Lab
	proxmox *proxmox.Cluster
	fleet   *talos.Fleet
	// ready is closed when the two above are there.
	ready chan struct{}
	mutex sync.Mutex
	// nodes are the machines that run something.
	nodes map[*node]bool
}

func newVirtual(l *Lab) *virtual {
	return &virtual{Lab: l, ready: make(chan struct{}), nodes: map[*node]bool{}}
}

func (v *virtual) steps() []step {
	return []step{{"Proxmox", v.start}, {"machines that ran before", v.awaitCluster}}
}

// hurry is how much faster than in life hosts and machines work: a start that takes seconds is over in a tenth.
const hurry = 20

func (v *virtual) start() (err error) {
	v.fleet, err = talos.New(talos.Options{
		LAN: v.segment, Folder: v.In("disks"), Runtime: v.runtime,
		Extensions: v.world.Factory().Extensions, Log: os.Stderr, Events: v.In("logs", "talos-events.jsonl"),
		Speed: hurry, Orderly: v.orderly, Whole: v.whole,
	})
	if err != nil {
		return err
	}
	client, err := v.world.Client()
	if err != nil {
		return err
	}
	v.proxmox, err = proxmox.New(setup(v.hardware, v.secret), proxmox.Options{
		Guest: v.fleet, Speed: hurry, File: v.In("proxmox.json"), Events: v.In("logs", "proxmox-events.jsonl"), HTTP: client})
	if err != nil {
		return err
	}
	v.fleet.Attach(v.proxmox)
	v.world.Factory().BuildsFirst(v.proxmox.BuildTime)
	close(v.ready)
	for _, name := range slices.Sorted(maps.Keys(v.hardware.Proxmox.Hosts)) {
		if err := v.serve(name, v.hardware.Proxmox.Hosts[name]); err != nil {
			return fmt.Errorf("host %s: %w", name, err)
		}
	}
	return nil
}

// serve answers for the API on a host's own address: each host of a cluster answers for all.
func (v *virtual) serve(name string, address netip.Addr) error {
	host, err := v.segment.AddNode(name, netip.PrefixFrom(address, v.hardware.Router.Bits()))
	if err != nil {
		return err
	}
	listener, err := host.Namespace().Listen("tcp", net.JoinHostPort(address.String(), strconv.Itoa(int(v.hardware.Proxmox.Port))))
	if err != nil {
		return err
	}
	server := v.proxmox.Server(v.world.Authority().CertificateFor)
	v.inBackground("Proxmox on "+name, v.whole, func(ctx context.Context) error {
		context.AfterFunc(ctx, func() { server.Close() })
		if err := server.ServeTLS(listener, "", ""); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	return nil
}

// setup returns a newly installed Proxmox: only its hosts come from the stack file. Everything else that a stack file names
// must already exist, as on hardware, so that the lab finds misspelt names.
func setup(h stackfile.Hardware, secret string) proxmox.Setup {
	var hosts []proxmox.Node
	router := proxmox.Resolver{Servers: []string{h.Router.Addr().String()}}
	for _, name := range slices.Sorted(maps.Keys(h.Proxmox.Hosts)) {
		hosts = append(hosts, proxmox.Node{Name: name, Address: h.Proxmox.Hosts[name].String(), Resolver: router})
	}
	return proxmox.Lab(secret, hosts...)
}

// runtime is what a machine is going to run.
func (v *virtual) runtime(int) talos.Runtime {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	n := &node{virtual: v}
	v.nodes[n] = true
	return n
}

func (v *virtual) forget(n *node) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	delete(v.nodes, n)
}

func (v *virtual) wait() {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	for n := range v.nodes {
		n.duties.running.Wait()
	}
}

func (v *virtual) over() {
	if v.fleet != nil {
		v.fleet.Wait()
	}
}

func (v *virtual) kinds() []Part {
	return []Part{
		{"talosctl, Proxmox and Command plugins", Real, "built from their pinned modules"},
		{"Proxmox VE: API, hosts, storages, virtual machines", Simulated, "keeps state, runs tasks; refuses what it does not know"},
		{"Talos on each machine: boot, machine config, its API", Simulated, "a network namespace each; answers the real talosctl"},
		{"Image Factory, disk images", Simulated, "schematics get their real ids; images are empty"},
	}
}

// ServeHTTP is the side door of both simulations.
func (v *virtual) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case !v.isReady():
		http.Error(w, "the lab is still starting", http.StatusServiceUnavailable)
	case strings.HasPrefix(r.URL.Path, "/_lab/talos/"):
		v.fleet.Control().ServeHTTP(w, r)
	default:
		v.proxmox.Control().ServeHTTP(w, r)
	}
}
