package talos

import (
	"context"
	"errors"

	"github.com/siderolabs/talos/pkg/machinery/config"

	"starbase.example/virtual/internal/lan"
)

// Runtime is what a configured machine runs for the cluster: etcd, the control plane, the kubelet. One belongs to one
// disk, from the boot that finds a machine config on it to the end of that boot; a reboot makes another with the same folder.
//
// Its methods may be called from several goroutines, and all but Start only after Start.
type Runtime interface {
	// Start begins the machine's work and returns; what takes time goes on until ctx ends. Every machine runs a kubelet and
	// services. A control plane that has etcd data, or whose cluster answers, also runs etcd and the control plane; one
	// without either waits for Bootstrap, or for its cluster to answer. Kubelet and etcd wait until m is ready.
	Start(ctx context.Context, m Configured) error
	// Update tells of a machine config that takes effect without a reboot.
	Update(ctx context.Context, m Configured) error
	// Bootstrap makes a new etcd cluster of one, and the control plane on top; ErrBootstrapped when there is etcd data
	// already. It returns when that has begun: clients wait for the API server themselves.
	Bootstrap(ctx context.Context) error
	// EtcdMembers asks this machine's etcd; ErrNoEtcd when none runs.
	EtcdMembers(ctx context.Context) ([]EtcdMember, error)
	// EtcdLeave takes this machine's member out of its cluster, stops etcd and removes its data.
	EtcdLeave(ctx context.Context) error
	// EtcdRemove takes another member, one that is dead, out of the cluster.
	EtcdRemove(ctx context.Context, id uint64) error
	// EtcdFolder is the host's folder that is /var/lib/etcd on the machine; there may be no such folder yet.
	EtcdFolder() string
	// Drain cordons the machine's Node and evicts its pods: what a graceful reset begins with.
	Drain(ctx context.Context) error
	// Stop ends everything that Start and Bootstrap began and returns when it has ended. Graceful: pods get their time and
	// may give up their leases. Otherwise the power is gone, and the LAN with it.
	Stop(graceful bool)
	// Wipe removes what the machine has on its disk besides the machine config: etcd's data first of all. It comes after Stop.
	Wipe() error
	// Services are the machine's services besides apid, machined and trustd, which are this package's.
	Services() []Service
}

// Configured is a machine with a machine config, as Start and Update get it.
type Configured struct {
	VMID int
	// Node is the machine's place on the LAN, named after the virtual machine.
	Node *lan.Node
	// Config is the machine config.
	Config config.Provider
	// Hostname is the machine's name in the cluster.
	Hostname string
	// Folder lives and dies with the machine's disk: a new disk is given a new, empty one.
	Folder string
	// Ready is closed when kubelet and etcd may start.
	Ready <-chan struct{}
}

// What a Runtime answers when etcd is not as asked for.
var (
	// ErrBootstrapped is Bootstrap's answer when there is etcd data already.
	ErrBootstrapped = errors.New("etcd data directory is not empty")
	// ErrNoEtcd is the answer of a machine on which no etcd runs.
	ErrNoEtcd = errors.New("etcd is not running")
)

// EtcdMember is a line of `talosctl etcd members`.
type EtcdMember struct {
	ID                   uint64
	Hostname             string
	PeerURLs, ClientURLs []string
	Learner              bool
}

// Service is a line of `talosctl services`.
type Service struct {
	// Name is etcd, kubelet, …
	Name string
	// State is one of Talos' own words: Waiting, Preparing, Running, Finished, Failed, …
	State string
	// Healthy says whether a service that runs does so well.
	Healthy bool
	// Message is what happened last.
	Message string
}

// Running is the State of a service that runs.
const Running = "Running"
