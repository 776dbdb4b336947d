// Package clustertest gives tests a cluster without kubelets: a LAN with nodes, a real control plane on the first, the
// Gateway API and Cilium's chart applied, and the real Cilium operator running with the chart's own configuration.
//
// Pods don't run: tests serve backends themselves, in pod namespaces, and write their EndpointSlices.
package clustertest

import (
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/lan"
)

// Cluster is a running one; it ends with the test that started it.
type Cluster struct {
	LAN *lan.LAN
	// Nodes are cp1 (with the control plane), w1 and w2.
	Nodes map[string]*lan.Node
	// Admin may do everything.
	Admin  *rest.Config
	Client kubernetes.Interface
	// Bin holds the built programs.
	Bin string

	folder  string
	modules string
	plane   *controlplane.ControlPlane
}

// Start needs the built programs and the pinned modules' files: STARBASE_BIN and STARBASE_MODULES name their folders.
// Without them the test is skipped.
func Start(t *testing.T) *Cluster {
	t.Helper()
	c := &Cluster{Bin: os.Getenv("STARBASE_BIN"), modules: os.Getenv("STARBASE_MODULES"), folder: t.TempDir(), Nodes: map[string]*lan.Node{}}
	if c.Bin == "" || c.modules == "" {
		t.Skip("STARBASE_BIN and STARBASE_MODULES are not set: the programs that this test starts are not built")
	}
	c.connect(t)
	c.startControlPlane(t)
	c.install(t)
	return c
}

func (c *Cluster) connect(t *testing.T) {
	t.Helper()
	var err error
	if c.LAN, err = lan.New(netip.MustParsePrefix("192.168.1.1/24")); err != nil {
		t.Fatal(err)
	}
	for _, node := range []struct{ name, address, pods string }{
		{"cp1", "192.168.1.11/24", "10.244.0.0/24"}, {"w1", "192.168.1.21/24", "10.244.1.0/24"}, {"w2", "192.168.1.22/24", "10.244.2.0/24"},
	} {
		n, err := c.LAN.AddNode(node.name, netip.MustParsePrefix(node.address))
		if err != nil {
			t.Fatal(err)
		}
		if err := n.SetPodCIDR(netip.MustParsePrefix(node.pods)); err != nil {
			t.Fatal(err)
		}
		c.Nodes[node.name] = n
	}
}

func (c *Cluster) startControlPlane(t *testing.T) {
	t.Helper()
	pki, err := controlplane.NewPKI()
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(context.Background())
	c.plane, err = controlplane.Start(ctx, controlplane.Options{Node: c.Nodes["cp1"], PKI: pki, Bin: c.Bin, Folder: c.folder})
	if err != nil {
		end()
		t.Fatal(err)
	}
	t.Cleanup(func() { end(); c.plane.Wait() })
	if c.Admin, err = c.plane.ClientFor(controlplane.Admin); err != nil {
		t.Fatal(err)
	}
	c.Client = kubernetes.NewForConfigOrDie(c.Admin)
	if err := c.plane.WriteKubeconfig(c.kubeconfig(), controlplane.Admin); err != nil {
		t.Fatal(err)
	}
	for name, node := range c.Nodes {
		object := &corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name, Labels: map[string]string{"kubernetes.io/hostname": name, "kubernetes.io/os": "linux"}},
			Status: corev1.NodeStatus{Addresses: []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: node.Address().String()}}}}
		if _, err := c.Client.CoreV1().Nodes().Create(ctx, object, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

func (c *Cluster) kubeconfig() string { return filepath.Join(c.folder, "kubeconfig") }

// Eventually polls a condition until it holds; want says what was waited for.
func Eventually(t *testing.T, within time.Duration, want string, condition func() (bool, string)) {
	t.Helper()
	seen := ""
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var ok bool
		if ok, seen = condition(); ok {
			return
		}
	}
	t.Fatalf("not within %s: %s; last seen: %s", within, want, seen)
}
