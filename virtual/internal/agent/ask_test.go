package agent

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mdlayher/arp"
	"github.com/mdlayher/packet"
	"golang.org/x/sys/unix"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"

	"starbase.example/virtual/internal/clustertest"
	"starbase.example/virtual/internal/lan"
)

var update = flag.Bool("update", false, "write the captured configurations anew")

// captured compares the configurations that package translate is tested with.
func (s *scene) captured(t *testing.T) {
	for namespace, gateways := range map[string][]string{"gateway": {"gateway-internal", "gateway-external"}, "kube-system": {"idp-gateway"}} {
		for _, gateway := range gateways {
			file := "../envoy/translate/testdata/" + gateway + ".yaml"
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var have, want map[string]any
			if err := yaml.Unmarshal(content, &want); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(s.Kubectl(t, nil, "-n", namespace, "get", "ciliumenvoyconfig", "cilium-gateway-"+gateway, "-o", "json")), &have); err != nil {
				t.Fatal(err)
			}
			first, _ := yaml.Marshal(have["spec"])
			second, _ := yaml.Marshal(want["spec"])
			if bytes.Equal(first, second) {
				continue
			}
			if !*update {
				t.Errorf("%s differs from what the operator writes now; look at the difference after a run with -update", file)
				continue
			}
			want["spec"] = have["spec"]
			all, _ := yaml.Marshal(want)
			comment, _, _ := bytes.Cut(content, []byte("\n"))
			if err := os.WriteFile(file, append(append(comment, '\n'), all...), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// pods counts which pods answered a number of requests, each on a connection of its own.
func (s *scene) pods(t *testing.T, times int, url, address, secret string) map[string]int {
	t.Helper()
	seen := map[string]int{}
	for range times {
		response, body, err := s.get(url, address, s.roots[secret])
		if err != nil || response.StatusCode != 200 {
			t.Fatalf("got %v, %v", response, err)
		}
		line, _, _ := strings.Cut(body, "\n")
		seen[strings.TrimPrefix(line, "pod: ")]++
	}
	return seen
}

func (s *scene) nodePort(t *testing.T, namespace, name string, port int32) int32 {
	t.Helper()
	service, err := s.Client.CoreV1().Services(namespace).Get(t.Context(), name, metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range service.Spec.Ports {
		if p.Port == port {
			return p.NodePort
		}
	}
	t.Fatalf("Service %s has no port %d", name, port)
	return 0
}

// holder waits until somebody holds the lease of a Service's addresses.
func (s *scene) holder(t *testing.T, service string) (node string) {
	t.Helper()
	clustertest.Eventually(t, 10*time.Second, "a node announces "+service, func() (bool, string) {
		lease, err := s.Client.CoordinationV1().Leases("kube-system").Get(t.Context(), "cilium-l2announce-"+service, metav1.GetOptions{})
		if err != nil {
			return false, err.Error()
		}
		if lease.Spec.HolderIdentity != nil {
			node = *lease.Spec.HolderIdentity
		}
		return node != "", "nobody"
	})
	return node
}

// hardware is the address of a node's eth0.
func hardware(node *lan.Node) string {
	address := "?"
	_ = node.Namespace().Do(func() error {
		device, err := net.InterfaceByName("eth0")
		if err == nil {
			address = device.HardwareAddr.String()
		}
		return err
	})
	return address
}

// whoHas asks the LAN and returns all different answers that come within half a second.
func (s *scene) whoHas(t *testing.T, address string) []string {
	t.Helper()
	var client *arp.Client
	err := s.LAN.Namespace().Do(func() error {
		device, err := net.InterfaceByName("lan0")
		if err != nil {
			return err
		}
		socket, err := packet.Listen(device, packet.Raw, unix.ETH_P_ARP, nil)
		if err != nil {
			return err
		}
		client, err = arp.New(device, socket)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	wanted := netip.MustParseAddr(address)
	if err := errors.Join(client.SetReadDeadline(time.Now().Add(500*time.Millisecond)), client.Request(wanted)); err != nil {
		t.Fatal(err)
	}
	var answers []string
	for {
		got, _, err := client.Read()
		if errors.Is(err, os.ErrDeadlineExceeded) {
			slices.Sort(answers)
			return slices.Compact(answers)
		}
		if err != nil {
			t.Fatal(err)
		}
		if got.Operation == arp.OperationReply && got.SenderIP == wanted {
			answers = append(answers, got.SenderHardwareAddr.String())
		}
	}
}

// load asks without a pause, on kept and on fresh connections, until it is stopped.
type load struct {
	cancel  context.CancelFunc
	done    sync.WaitGroup
	count   atomic.Int64
	mutex   sync.Mutex
	failure []string
}

func (s *scene) load(url, address string, roots *x509.CertPool) *load {
	ctx, cancel := context.WithCancel(context.Background())
	l := &load{cancel: cancel}
	for i := range 2 {
		transport := &http.Transport{DisableKeepAlives: i == 0, TLSClientConfig: &tls.Config{RootCAs: roots},
			DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
				return s.LAN.Namespace().Dial(ctx, "tcp", address)
			}}
		l.done.Go(func() {
			defer transport.CloseIdleConnections()
			for ctx.Err() == nil {
				if problem := one(transport, url); problem != "" {
					l.mutex.Lock()
					l.failure = append(l.failure, problem)
					l.mutex.Unlock()
				}
				l.count.Add(1)
			}
		})
	}
	return l
}

// one asks once and says what went wrong.
func one(transport *http.Transport, url string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err.Error()
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != 200 {
		return fmt.Sprintf("%s %q, %v", response.Status, body, err)
	}
	return ""
}

func (l *load) stop(t *testing.T) {
	t.Helper()
	l.cancel()
	l.done.Wait()
	t.Logf("%d requests", l.count.Load())
	if len(l.failure) > 0 {
		t.Errorf("%d of %d requests were lost: %v", len(l.failure), l.count.Load(), cmp.Or(strings.Join(l.failure[:min(5, len(l.failure))], "; "), "-"))
	}
}
