package kubelet_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/kubelet"
	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/kubelet/workload"
	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/lan/lantest"
	"starbase.example/virtual/internal/sandbox"
	"starbase.example/virtual/internal/services"
)

// TestMain also plays the preparation of real containers.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == sandbox.Verb {
		sandbox.Main()
	}
	os.Exit(lantest.Main(m))
}

// cluster is a real control plane with simulated nodes.
type cluster struct {
	segment *lan.LAN
	nodes   map[string]*lan.Node
	bin     string
	folder  string
	pki     controlplane.PKI
	plane   *controlplane.ControlPlane
	client  kubernetes.Interface
	record  images.Record
}

var machines = []struct{ name, address string }{
	{"cp1", "192.168.1.11/24"}, {"w1", "192.168.1.21/24"}, {"w2", "192.168.1.22/24"},
}

// segment serves all tests: a process makes one LAN.
var segment = sync.OnceValues(func() (*lan.LAN, error) { return lan.New(netip.MustParsePrefix("192.168.1.1/24")) })

// newCluster is machines and an identity; nothing runs yet.
func newCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{bin: os.Getenv("STARBASE_BIN"), folder: t.TempDir(), nodes: map[string]*lan.Node{}}
	if c.bin == "" {
		t.Fatal("STARBASE_BIN must name the folder with the built programs (kube-apiserver, etcd, cert-manager, ...); ./lab build makes them")
	}
	var err error
	if c.segment, err = segment(); err != nil {
		t.Fatal(err)
	}
	for _, m := range machines {
		if c.nodes[m.name], err = c.segment.AddNode(m.name, netip.MustParsePrefix(m.address)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.segment.RemoveNode(m.name) })
	}
	if c.pki, err = controlplane.NewPKI(); err != nil {
		t.Fatal(err)
	}
	return c
}

// controlled starts the control plane.
func (c *cluster) controlled(t *testing.T, token controlplane.Token) {
	t.Helper()
	ctx, end := context.WithCancel(context.Background())
	var err error
	c.plane, err = controlplane.Start(ctx, controlplane.Options{Node: c.nodes["cp1"], PKI: c.pki, Bin: c.bin, Folder: c.folder, Token: token})
	if err != nil {
		end()
		t.Fatal(err)
	}
	t.Cleanup(func() { end(); c.plane.Wait() })
	config, err := c.plane.ClientFor(controlplane.Admin)
	if err != nil {
		t.Fatal(err)
	}
	c.client = kubernetes.NewForConfigOrDie(config)
	if err := c.plane.WriteKubeconfig(filepath.Join(c.folder, "kubeconfig"), controlplane.Admin); err != nil {
		t.Fatal(err)
	}
}

// ready plays the Cilium agent as far as kubelets see it.
type ready struct{}

func (ready) Play(ctx context.Context, stage workload.Stage) error {
	stage.Ready(true)
	<-ctx.Done()
	return nil
}

// start runs kubelets and services of all nodes; the function it returns ends them and waits.
func (c *cluster) start(t *testing.T) func() {
	t.Helper()
	config, err := c.plane.ClientFor(controlplane.Admin)
	if err != nil {
		t.Fatal(err)
	}
	ca := x509.NewCertPool()
	ca.AppendCertsFromPEM(c.pki.Kubernetes.Certificate)
	ctx, end := context.WithCancel(context.Background())
	var parts sync.WaitGroup
	for name, node := range c.nodes {
		issued, err := c.pki.Kubernetes.Issue(controlplane.Identity{Name: name, Hosts: []string{node.Address().String()}})
		if err != nil {
			t.Fatal(err)
		}
		certificate, err := tls.X509KeyPair(issued.Certificate, issued.Key)
		if err != nil {
			t.Fatal(err)
		}
		options := c.options(name)
		options.Config, options.Certificate, options.ClientCA = config, certificate, ca
		if name == "cp1" {
			options.Labels = map[string]string{"node-role.kubernetes.io/control-plane": ""}
			options.Taints = []corev1.Taint{{Key: "node-role.kubernetes.io/control-plane", Effect: corev1.TaintEffectNoSchedule}}
		}
		parts.Go(func() {
			if err := kubelet.Run(ctx, options); err != nil {
				t.Error(err)
			}
		})
		parts.Go(func() {
			err := services.Run(ctx, services.Options{Config: config, Node: node, Network: netip.MustParsePrefix(controlplane.Services),
				APIServers: []netip.AddrPort{netip.MustParseAddrPort("192.168.1.11:6443")}})
			if err != nil {
				t.Error(err)
			}
		})
	}
	return sync.OnceFunc(func() { end(); parts.Wait() })
}

// options are those of a kubelet, without its identity.
func (c *cluster) options(name string) kubelet.Options {
	return kubelet.Options{
		Node: c.nodes[name], Programs: c.bin, LogDir: filepath.Join(c.folder, "logs", "pods"), RunDir: filepath.Join("/run/kubelet", name),
		Images: images.Default(), Record: &c.record, ServiceHost: "10.96.0.1", ClusterDNS: "10.96.0.10",
		Workloads: map[string]workload.Workload{images.Agent: ready{}, images.Echo: workload.Echo{}, images.Done: workload.Done{}},
	}
}

// kubectl runs the real one as the cluster's owner and returns what it printed.
func (c *cluster) kubectl(t *testing.T, input string, arguments ...string) string {
	t.Helper()
	cmd := exec.Command(filepath.Join(c.bin, "kubectl"), append([]string{"--kubeconfig", filepath.Join(c.folder, "kubeconfig")}, arguments...)...)
	var out, problems bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(input), &out, &problems
	err := c.segment.Namespace().Start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		t.Fatalf("kubectl %s: %v\n%s", strings.Join(arguments, " "), err, problems.String())
	}
	return out.String()
}

func (c *cluster) apply(t *testing.T, manifests string) {
	t.Helper()
	c.kubectl(t, manifests, "apply", "-f", "-")
}

// get asks a page from a namespace and returns its text.
func (c *cluster) get(t *testing.T, from *lan.Namespace, address string) string {
	t.Helper()
	page, err := ask(t.Context(), from, address)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func ask(ctx context.Context, from *lan.Namespace, address string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	connection, err := from.Dial(ctx, "tcp", address)
	if err != nil {
		return "", err
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, "GET /hello HTTP/1.0\r\nHost: lab.example\r\nX-Test: yes\r\n\r\n"); err != nil {
		return "", err
	}
	text, err := io.ReadAll(connection)
	_, body, _ := strings.Cut(string(text), "\r\n\r\n")
	return body, err
}

// pods are those of a namespace.
func (c *cluster) pods(t *testing.T, namespace string) []corev1.Pod {
	t.Helper()
	list, err := c.client.CoreV1().Pods(namespace).List(t.Context(), metav1.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return list.Items
}

// eventually polls until the condition holds; what it returns besides is shown when it doesn't.
func eventually(t *testing.T, within time.Duration, want string, condition func() (bool, string)) {
	t.Helper()
	seen := ""
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var holds bool
		if holds, seen = condition(); holds {
			return
		}
	}
	t.Fatalf("not within %s: %s; last seen: %s", within, want, seen)
}
