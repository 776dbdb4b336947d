// Package kubelet is the lab's simulated kubelet: a Node object with a lease,
// and for each pod bound to it network, volumes, containers, probes and
// status as a real kubelet would handle them. What a container is played by
// is said in a table (package images): a few run as real programs, the others
// are simulated.
//
// The Node is virtual-kubelet's. Its pod controller is not used: it knows pods by name instead of UID, writes the
// whole object's status over labels and finalizers of others, and takes a
// deleted pod out of the API only when the whole grace period is over, which
// would delay every rollout by half a minute.
package kubelet

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"path"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/kubelet/workload"
	"starbase.example/virtual/internal/lan"
)

// Version is what nodes report: the lab's Kubernetes version.
const Version = "v1.36.5"

// VersionOf is the version of a kubelet's image, which its tag is; empty when it
// has none.
func VersionOf(image string) string {
	image, _, _ = strings.Cut(image, "@")
	if _, tag, found := strings.Cut(path.Base(image), ":"); found {
		return tag
	}
	return ""
}

// Options say which node to be and by what means. All fields without
// "optional" are required.
type Options struct {
	// Name is the node's in the cluster (optional): the LAN node's own when empty.
	Name string
	// Config is the connection to the API server, with the identity of the
	// kubelet (a member of system:masters will do). It is dialled from the node.
	// With Bootstrap it is optional: whoever it is gives the node those of the
	// labels that a kubelet may not give itself, roles for one.
	Config *rest.Config
	// Bootstrap lets the kubelet ask the cluster for its identity (optional).
	Bootstrap *Bootstrap
	// Node is the machine on the LAN.
	Node *lan.Node
	// Labels are added to the node's standard labels (optional), for example
	// node-role.kubernetes.io/control-plane: "".
	Labels map[string]string
	// Taints of the node when it registers (optional).
	Taints []corev1.Taint
	// Certificate serves the kubelet's API at the node's address, port 10250
	// (optional): without one the kubelet signs one itself, as Talos' does.
	Certificate tls.Certificate
	// ClientCA signed the client certificates that may use that API: the API
	// server's. Optional with Bootstrap, whose CA it is then.
	ClientCA *x509.CertPool
	// Static are the pods that run on the node at the moment without the API's doing, by no kubelet either: it only
	// shows them (optional).
	Static func() []corev1.Pod
	// Programs is the folder with the real programs (STARBASE_BIN).
	Programs string
	// LogDir is where pods' logs go: LogDir/NAMESPACE_POD_UID/CONTAINER/N.log.
	LogDir string
	// RunDir holds pods' volumes, secrets among them: a folder on the lab's own tmpfs.
	RunDir string
	// Images says what is real; images.Default() usually.
	Images images.Table
	// Workloads plays what the table names: images.Agent, images.Echo, images.Done.
	Workloads map[string]workload.Workload
	// Record collects what became of each image, for all nodes together.
	Record *images.Record
	// ServiceHost is the address of the Service kubernetes in namespace default: 10.96.0.1.
	ServiceHost string
	// ClusterDNS is the name server in pods' resolv.conf: 10.96.0.10.
	ClusterDNS string
	// Version is what the node reports (optional): the built Kubernetes' when empty.
	Version string
	// Report is told, in words for people, what keeps the node away (optional).
	Report func(string)
}

func (o Options) check() error {
	for name, missing := range map[string]bool{
		"Config":      o.Config == nil && o.Bootstrap == nil,
		"Node":        o.Node == nil,
		"ClientCA":    o.ClientCA == nil && o.Bootstrap == nil,
		"Programs":    o.Programs == "",
		"LogDir":      o.LogDir == "",
		"RunDir":      o.RunDir == "",
		"Images":      o.Images == nil,
		"Workloads":   o.Workloads == nil,
		"Record":      o.Record == nil,
		"ServiceHost": o.ServiceHost == "",
		"ClusterDNS":  o.ClusterDNS == "",
	} {
		if missing {
			return fmt.Errorf("the kubelet's option %s is not set", name)
		}
	}
	for _, entry := range o.Images {
		if name := entry.Play.Workload; name != "" && o.Workloads[name] == nil {
			return fmt.Errorf("the image table names workload %q for %s, which is not given", name, entry.Repository)
		}
	}
	return nil
}

// name is the node's in the cluster.
func (o Options) name() string { return cmp.Or(o.Name, o.Node.Name()) }

func (o Options) report(text string) {
	if o.Report != nil {
		o.Report(text)
	}
}
