package controlplane

import (
	"cmp"
	"net/netip"
	"os"
	"path/filepath"

	"starbase.example/virtual/internal/lan"
)

// The networks and the domain of a cluster that says nothing else.
const (
	// Pods is the network that the controller manager hands out to nodes, a /24 each.
	Pods = "10.244.0.0/16"
	// Services is the network of Services; its first address is the API server's own.
	Services = "10.96.0.0/12"
	domain   = "cluster.local"
)

// Options says where a control plane runs and who it is. What a machine configuration says of it, OptionsOf knows.
type Options struct {
	Node *lan.Node
	// Name is the host's: of the etcd member, of this control plane's files and logs. Empty means the LAN node's.
	Name string
	PKI  PKI
	// Bin holds the programs; Folder is the lab's: audit-NAME.log and logs/NAME go there.
	Bin, Folder string
	// Disk is the machine's folder, for etcd's data (etcd) and certificates (control-plane); empty means that the lab's
	// folder holds both (etcd/NAME, nodes/NAME).
	Disk string
	// Names are further DNS names and addresses by which the API server is reached, a virtual IP for one.
	Names []string
	// Endpoint is the cluster's, by which clients and nodes reach whichever API server is there; empty means this one's own.
	Endpoint string
	// Pods, Services and Domain are the cluster's networks and its DNS domain; empty means those above.
	Pods, Services, Domain string
	// Join are addresses of control planes that may be members of etcd already. None means a new cluster of one; a member
	// with data goes on with it all the same.
	Join []netip.Addr
	// VIP is an address that one of the control planes has at a time; the zero address is none.
	VIP netip.Addr
	// Token is what nodes show to be let in; then kubelets get their identity from the cluster, and the certificate that
	// a kubelet serves with is its own. Without a token, nodes come with certificates of PKI.Kubernetes for both.
	Token Token
	// Admission is the API server's AdmissionConfiguration (apiserver.config.k8s.io/v1), as YAML; empty means none.
	Admission []byte
	// Arguments are further flags, without dashes, of the programs etcd, kube-apiserver, kube-controller-manager and
	// kube-scheduler; they replace the lab's own, but for those that are lists by nature.
	Arguments map[string]map[string][]string
	// Report is told, in words for people, what happens while nobody waits; nil means nobody listens.
	Report func(string)
}

// Token is a bootstrap token (https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/).
type Token struct{ ID, Secret string }

func (t Token) String() string { return t.ID + "." + t.Secret }

// complete fills in what may be left out.
func (o Options) complete() Options {
	o.Name = o.name()
	o.Pods, o.Services, o.Domain = cmp.Or(o.Pods, Pods), cmp.Or(o.Services, Services), cmp.Or(o.Domain, domain)
	if o.Report == nil {
		o.Report = func(string) {}
	}
	return o
}

// Data is the folder of the member's data.
func (o Options) Data() string {
	if o.Disk != "" {
		return filepath.Join(o.Disk, "etcd")
	}
	return filepath.Join(o.Folder, "etcd", o.name())
}

// HasData tells whether the member has data to go on with.
func (o Options) HasData() bool {
	_, err := os.Stat(filepath.Join(o.Data(), "member"))
	return err == nil
}

// certificates is the folder of all that the programs read.
func (o Options) certificates() string {
	if o.Disk != "" {
		return filepath.Join(o.Disk, "control-plane")
	}
	return filepath.Join(o.Folder, "nodes", o.name())
}

func (o Options) name() string { return cmp.Or(o.Name, o.Node.Name()) }
