package services

import (
	"context"
	"io"
	"net/netip"
	"strings"
	"testing"
	"time"

	discoveryv1 "k8s.io/api/discovery/v1"

	"starbase.example/virtual/internal/lan"
)

// server greets with its name and keeps the connection open.
func server(t *testing.T, node *lan.Node) {
	t.Helper()
	listener, err := node.Namespace().Listen("tcp", ":6443")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			io.WriteString(connection, node.Name()+"\n")
		}
	}()
}

func TestKubePrismLeadsToAnotherAPIServerWhenAMachineIsCutOff(t *testing.T) {
	worker := machine(t, "worker", "192.168.1.31/24")
	for i, name := range []string{"one", "two"} {
		server(t, machine(t, name, []string{"192.168.1.32/24", "192.168.1.33/24"}[i]))
	}
	yes := true
	servers := newPrism(worker.Namespace(), []netip.AddrPort{at("192.168.1.32:6443")})
	servers.follow([]*discoveryv1.EndpointSlice{
		slice("default", "kubernetes", "https", 6443, endpoint("192.168.1.32", &yes), endpoint("192.168.1.33", &yes))})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go servers.watch(ctx)
	table := newTable(worker.Namespace(), netip.MustParsePrefix("10.96.0.0/12"))
	if err := table.always(kubePrism, servers); err != nil {
		t.Fatal(err)
	}
	defer table.fixed[0].close()

	greeted := func() (io.ReadCloser, string) {
		t.Helper()
		connection, err := worker.Namespace().Dial(t.Context(), "tcp", kubePrism.String())
		if err != nil {
			t.Fatal(err)
		}
		name := make([]byte, len("one\n"))
		if _, err := io.ReadFull(connection, name); err != nil {
			t.Fatal(err)
		}
		return connection, strings.TrimSpace(string(name))
	}
	first, name := greeted()
	if name != "one" {
		t.Errorf("the endpoint is to be asked first, but %s answered", name)
	}
	l, _ := segment()
	if err := l.RemoveNode("one"); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if _, err := io.ReadAll(first); time.Since(begun) > 5*time.Second {
		t.Errorf("a connection to a machine that is cut off ended after %s (%v)", time.Since(begun), err)
	}
	t.Logf("the connection ended %s after the cut", time.Since(begun).Round(time.Millisecond))
	begun = time.Now()
	if _, name := greeted(); name != "two" || time.Since(begun) > time.Second {
		t.Errorf("%s answered after %s, want two at once", name, time.Since(begun))
	}
}
