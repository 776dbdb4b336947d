package agent

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/clustertest"
	"starbase.example/virtual/internal/kubelet/workload"
	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/lan/lantest"
	"starbase.example/virtual/internal/sandbox/podlog"
	"starbase.example/virtual/internal/services"
)

func TestMain(m *testing.M) { os.Exit(lantest.Main(m)) }

// scene is a cluster with the lab's Gateways and agents on its workers.
type scene struct {
	*clustertest.Cluster
	// roots trust the certificates of the secrets, by name.
	roots map[string]*x509.CertPool
	logs  string
	// dead is the node that was killed; what its agents say then is of no interest.
	dead string
}

// play runs a container of the agent's DaemonSets on a node until the test ends or stop is called.
func (s *scene) play(t *testing.T, node, image, account string) (ready <-chan struct{}, stop func()) {
	t.Helper()
	log, err := podlog.Create(filepath.Join(s.logs, node+"-"+account+".log"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	is, done := make(chan struct{}), make(chan error, 1)
	stage := workload.Stage{
		Pod: &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "kube-system", Name: account + "-" + node},
			Spec: corev1.PodSpec{ServiceAccountName: account, HostNetwork: true}},
		Container: corev1.Container{Image: image}, Node: s.Nodes[node], Network: s.Nodes[node].Namespace(),
		Log: log, Ready: func(bool) { close(is) },
	}
	plays := Agent{Config: s.Admin, Programs: s.Bin, RunDir: "/run/cilium", LogDir: s.logs}
	go func() { done <- plays.Play(ctx, stage) }()
	ended := false
	stop = func() {
		cancel()
		if ended {
			return
		}
		ended = true
		if err := <-done; err != nil && node != s.dead {
			t.Errorf("%s on %s: %v", image, node, err)
		}
	}
	t.Cleanup(func() {
		stop()
		if t.Failed() {
			for _, file := range []string{node + "-" + account + ".log", "envoy-" + node + ".log"} {
				content, _ := os.ReadFile(filepath.Join(s.logs, file))
				t.Logf("%s:\n%s", file, content)
			}
		}
	})
	return is, stop
}

// agents starts agent, Envoy and Service forwarding on a node and returns when the agent is ready.
func (s *scene) agents(t *testing.T, node string) (stopAgent, stopProxy func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go func() {
		err := services.Run(ctx, services.Options{Config: s.Admin, Node: s.Nodes[node], LoadBalancer: services.Given,
			APIServers: []netip.AddrPort{netip.MustParseAddrPort("192.168.1.11:6443")}, Network: netip.MustParsePrefix("10.96.0.0/12")})
		if err != nil && ctx.Err() == nil && node != s.dead {
			t.Error(err)
		}
	}()
	_, stopProxy = s.play(t, node, "quay.io/cilium/cilium-envoy:v1", "cilium-envoy")
	return s.agent(t, node), stopProxy
}

// agent starts the agent alone and returns when it is ready.
func (s *scene) agent(t *testing.T, node string) (stop func()) {
	t.Helper()
	ready, stop := s.play(t, node, "quay.io/cilium/cilium:v1.20.2", "cilium")
	select {
	case <-ready:
	case <-time.After(time.Minute):
		t.Fatalf("the agent of %s is not ready after a minute", node)
	}
	return stop
}

// get asks from the LAN, as the person's laptop does, at an address whatever the URL's host is.
func (s *scene) get(url, address string, roots *x509.CertPool, change ...func(*http.Request)) (*http.Response, string, error) {
	return s.getFrom(s.LAN.Namespace(), url, address, roots, change...)
}

func (s *scene) getFrom(from *lan.Namespace, url, address string, roots *x509.CertPool, change ...func(*http.Request)) (*http.Response, string, error) {
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: roots},
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) { return from.Dial(ctx, "tcp", address) }}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, "", err
	}
	for _, f := range change {
		f(request)
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response, string(body), err
}

// eventually waits for an answer with the status and the beginning of the body.
func (s *scene) eventually(t *testing.T, url, address string, roots *x509.CertPool, status int, body string) {
	t.Helper()
	clustertest.Eventually(t, 30*time.Second, fmt.Sprintf("%s at %s answers %d %q", url, address, status, body), func() (bool, string) {
		response, got, err := s.get(url, address, roots)
		if err != nil {
			return false, err.Error()
		}
		return response.StatusCode == status && strings.HasPrefix(got, body), fmt.Sprintf("%s %q", response.Status, got)
	})
}

func start(t *testing.T) *scene {
	t.Helper()
	s := &scene{Cluster: clustertest.Start(t), roots: map[string]*x509.CertPool{}, logs: t.TempDir()}
	manifests, err := os.ReadFile("testdata/gateways.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s.Apply(t, "apiVersion: v1\nkind: Namespace\nmetadata: {name: gateway}\n")
	for _, c := range []struct {
		namespace, name string
		hosts           []string
	}{
		{"gateway", "argocd-tls-secret", []string{"argocd.starbasestudio.uk"}},
		{"gateway", "cert-starbase", []string{"*.starbasestudio.uk", "starbasestudio.uk"}},
		{"kube-system", "idp-tls", []string{"*.192-168-1-21.nip.io"}},
	} {
		s.roots[c.name] = s.Certificate(t, c.namespace, c.name, c.hosts...)
	}
	s.Service(t, "argocd", "argocd-svc", 80, 8080, s.Serve(t, "w1", "argocd-1", 8080))
	s.Service(t, "homepage", "homepage", 3000, 3000, s.Serve(t, "w2", "homepage-1", 3000))
	s.Service(t, "app-x", "app-svc", 8080, 8080, s.Serve(t, "w1", "app-1", 8080), s.Serve(t, "w2", "app-2", 8080))
	s.Service(t, "shop", "shop", 8080, 8080, s.Serve(t, "w1", "shop-1", 8080))
	s.Service(t, "shop", "shop-canary", 8080, 8080, s.Serve(t, "w1", "canary-1", 8080))
	s.Service(t, "shop", "orders", 9090, 9090)
	s.Service(t, "shop", "vault", 8200, 8200)
	s.Apply(t, string(manifests))
	s.Apply(t, `
apiVersion: cilium.io/v2alpha1
kind: CiliumL2AnnouncementPolicy
metadata: {name: lan}
spec: {interfaces: [^eth], loadBalancerIPs: true, nodeSelector: {matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [w1, w2]}]}}
`)
	return s
}
