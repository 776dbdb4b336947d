package services

import (
	"context"
	"errors"
	"io"
	"net/netip"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/lan/lantest"
)

func TestMain(m *testing.M) { os.Exit(lantest.Main(m)) }

// answer serves its name to everybody who connects.
func answer(t *testing.T, n *lan.Namespace, address, name string) io.Closer {
	t.Helper()
	listener, err := n.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			io.WriteString(connection, name)
			connection.Close()
		}
	}()
	t.Cleanup(func() { listener.Close() })
	return listener
}

func ask(n *lan.Namespace, address netip.AddrPort) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	connection, err := n.Dial(ctx, "tcp", address.String())
	if err != nil {
		return "", err
	}
	defer connection.Close()
	word, err := io.ReadAll(connection)
	return string(word), err
}

// segment serves all tests: a process makes one LAN.
var segment = sync.OnceValues(func() (*lan.LAN, error) { return lan.New(netip.MustParsePrefix("192.168.1.1/24")) })

// machine is a node until the test ends, or until it is removed.
func machine(t *testing.T, name, address string) *lan.Node {
	t.Helper()
	l, err := segment()
	if err != nil {
		t.Fatal(err)
	}
	node, err := l.AddNode(name, netip.MustParsePrefix(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.RemoveNode(name) })
	return node
}

func TestAServicesAddressLeadsToItsBackendsInTurn(t *testing.T) {
	var nodes []*lan.Node
	var pods []*lan.Pod
	for i, name := range []string{"w1", "w2"} {
		node := machine(t, name, []string{"192.168.1.21/24", "192.168.1.22/24"}[i])
		if err := node.SetPodCIDR(netip.MustParsePrefix([]string{"10.244.1.0/24", "10.244.2.0/24"}[i])); err != nil {
			t.Fatal(err)
		}
		pod, err := node.AddPod(name + "-pod")
		if err != nil {
			t.Fatal(err)
		}
		nodes, pods = append(nodes, node), append(pods, pod)
	}
	first := answer(t, pods[0].Namespace(), ":8080", "one ")
	answer(t, pods[1].Namespace(), ":8080", "two ")

	table := newTable(nodes[0].Namespace(), netip.MustParsePrefix("10.96.0.0/12"))
	if err := table.link(); err != nil {
		t.Fatal(err)
	}
	frontend := at("10.96.0.10:80")
	both := []netip.AddrPort{at("10.244.1.2:8080"), at("10.244.2.2:8080")}
	set := func(backends ...netip.AddrPort) {
		t.Helper()
		p := plan{addresses: []netip.Addr{frontend.Addr()}, frontends: map[netip.AddrPort][]netip.AddrPort{}}
		if len(backends) > 0 {
			p.frontends[frontend] = backends
		}
		if err := table.set(p); err != nil {
			t.Fatal(err)
		}
	}
	four := func(from *lan.Namespace) string {
		t.Helper()
		var words strings.Builder
		for range 4 {
			word, err := ask(from, frontend)
			if err != nil {
				t.Fatal(err)
			}
			words.WriteString(word)
		}
		return words.String()
	}

	set(both...)
	for _, from := range []*lan.Namespace{nodes[0].Namespace(), pods[0].Namespace()} {
		if got := four(from); got != "one two one two " {
			t.Errorf("from %s: %s", from.Name(), got)
		}
	}
	first.Close()
	if got := four(nodes[0].Namespace()); got != "two two two two " {
		t.Errorf("with a backend that refuses: %s", got)
	}
	set(both[1])
	if got := four(nodes[0].Namespace()); got != "two two two two " {
		t.Errorf("with one backend: %s", got)
	}
	set()
	if word, err := ask(nodes[0].Namespace(), frontend); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("without a backend: %q, %v; want a refused connection", word, err)
	}
	if word, err := ask(pods[0].Namespace(), at("10.96.0.99:80")); !errors.Is(err, syscall.ENETUNREACH) && !errors.Is(err, syscall.EHOSTUNREACH) {
		t.Errorf("a Service address that nobody has: %q, %v; want it unreachable", word, err)
	}
	set(both...)
	if err := table.close(); err != nil {
		t.Fatal(err)
	}
	for _, n := range nodes {
		if word, err := ask(n.Namespace(), frontend); err == nil {
			t.Errorf("after the end, from node %s: %q", n.Name(), word)
		}
	}
}
