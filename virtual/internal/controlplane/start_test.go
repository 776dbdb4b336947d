package controlplane

import (
	"bytes"
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/lan/lantest"
)

func TestMain(m *testing.M) { os.Exit(lantest.Main(m)) }

// segment serves all tests: a process makes one LAN.
var segment = sync.OnceValues(func() (*lan.LAN, error) { return lan.New(netip.MustParsePrefix("192.168.1.1/24")) })

// node is on the LAN until the test ends.
func node(t *testing.T, name, address string) *lan.Node {
	t.Helper()
	l, err := segment()
	if err != nil {
		t.Fatal(err)
	}
	n, err := l.AddNode(name, netip.MustParsePrefix(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.RemoveNode(name) }) // a test may have done it
	return n
}

func programs(t *testing.T) string {
	t.Helper()
	bin := os.Getenv("STARBASE_BIN")
	if bin == "" {
		t.Fatal("STARBASE_BIN is not set: it names the folder of the built programs, and ./lab test sets it")
	}
	return bin
}

// TestARealControlPlaneStartsAndGoesOnWhereItWasKilled needs the built programs: STARBASE_BIN names their folder.
func TestARealControlPlaneStartsAndGoesOnWhereItWasKilled(t *testing.T) {
	bin := programs(t)
	node := node(t, "cp1", "192.168.1.11/24")
	folder := t.TempDir()
	pki, err := OpenPKI(filepath.Join(folder, "pki"))
	if err != nil {
		t.Fatal(err)
	}
	options := Options{Node: node, PKI: pki, Bin: bin, Folder: folder}

	first := start(t, options, func(ctx context.Context, client kubernetes.Interface) {
		namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: "kept"}}
		if _, err := client.CoreV1().Namespaces().Create(ctx, namespace, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	second := start(t, options, func(ctx context.Context, client kubernetes.Interface) {
		if _, err := client.CoreV1().Namespaces().Get(ctx, "kept", metav1.GetOptions{}); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("first start %s, second %s", first, second)
	audit, err := os.ReadFile(filepath.Join(folder, "audit-cp1.log"))
	if err != nil || !bytes.Contains(audit, []byte(`"name":"kept"`)) {
		t.Fatalf("the audit log lacks the write: %v", err)
	}
}

// start runs a control plane for as long as use takes and returns how long the start took.
func start(t *testing.T, o Options, use func(context.Context, kubernetes.Interface)) time.Duration {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	begun := time.Now()
	c, err := Start(ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	took := time.Since(begun)
	client, err := c.client()
	if err != nil {
		t.Fatal(err)
	}
	use(ctx, client)
	end()
	c.Wait()
	return took
}
