package lan

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vishvananda/netlink"
	"starbase.example/virtual/internal/lan/lantest"
)

// One LAN serves all tests of the package: a process has one network
// namespace of its own, and New wants it fresh.
var shared *LAN

func TestMain(m *testing.M) {
	if os.Getenv(guardProbe) != "" {
		fmt.Println(Inside())
		os.Exit(0)
	}
	os.Exit(lantest.Main(m))
}

func segment(t *testing.T) *LAN {
	t.Helper()
	if shared == nil {
		l, err := New(netip.MustParsePrefix("192.168.1.1/24"))
		if err != nil {
			t.Fatal(err)
		}
		shared = l
	}
	return shared
}

func node(t *testing.T, name, address, pods string) *Node {
	t.Helper()
	l := segment(t)
	n, err := l.AddNode(name, netip.MustParsePrefix(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.RemoveNode(name); err != nil {
			t.Error(err)
		}
	})
	if err := n.SetPodCIDR(netip.MustParsePrefix(pods)); err != nil {
		t.Fatal(err)
	}
	return n
}

func pod(t *testing.T, n *Node, id string) *Pod {
	t.Helper()
	p, err := n.AddPod(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// answer serves one word on address:port of a namespace.
func answer(t *testing.T, n *Namespace, address, word string) {
	t.Helper()
	listener, err := n.Listen("tcp", address)
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
			io.WriteString(connection, word)
			connection.Close()
		}
	}()
}

func ask(n *Namespace, address string) (string, net.Addr, error) {
	return askWithin(10*time.Second, n, address)
}

func askWithin(limit time.Duration, n *Namespace, address string) (string, net.Addr, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	connection, err := n.Dial(ctx, "tcp", address)
	if err != nil {
		return "", nil, err
	}
	defer connection.Close()
	word, err := io.ReadAll(connection)
	return string(word), connection.LocalAddr(), err
}

func TestPodsOfTwoNodesReachEachOtherWithTheirOwnAddresses(t *testing.T) {
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	w2 := node(t, "w2", "192.168.1.22/24", "10.244.2.0/24")
	one, two := pod(t, w1, "one"), pod(t, w2, "two")
	answer(t, two.Namespace(), ":10250", "two")
	word, from, err := ask(one.Namespace(), "10.244.2.2:10250")
	if err != nil || word != "two" {
		t.Fatalf("pod two answered %q, %v", word, err)
	}
	if got := from.(*net.TCPAddr).IP.String(); got != "10.244.1.2" {
		t.Errorf("pod one dialled from %s, want its own address 10.244.1.2", got)
	}
}

func TestPodsOfOneNodeAndTheNodeUseTheSamePortWithoutMeeting(t *testing.T) {
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	one, two := pod(t, w1, "one"), pod(t, w1, "two")
	answer(t, one.Namespace(), ":9402", "one")
	answer(t, two.Namespace(), ":9402", "two")
	answer(t, w1.Namespace(), "192.168.1.21:9402", "node")
	for address, want := range map[string]string{"10.244.1.2:9402": "one", "10.244.1.3:9402": "two", "192.168.1.21:9402": "node"} {
		for _, from := range []*Namespace{w1.Namespace(), one.Namespace(), two.Namespace()} {
			if word, _, err := ask(from, address); err != nil || word != want {
				t.Errorf("%s asked from %s: %q, %v; want %q", address, from.Name(), word, err, want)
			}
		}
	}
}

func TestTheLaptopReachesNodesButNoPods(t *testing.T) {
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	answer(t, w1.Namespace(), ":6443", "node")
	answer(t, pod(t, w1, "one").Namespace(), ":80", "pod")
	if word, _, err := ask(shared.Namespace(), "192.168.1.21:6443"); err != nil || word != "node" {
		t.Errorf("the node answered %q, %v", word, err)
	}
	if word, _, err := ask(shared.Namespace(), "10.244.1.2:80"); err == nil {
		t.Errorf("a pod answered the LAN with %q, but the router has no route to pods", word)
	}
}

func TestAWrongAddressDoesNotAnswer(t *testing.T) {
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	one := pod(t, w1, "one")
	answer(t, one.Namespace(), ":80", "one")
	var asked sync.WaitGroup
	for _, address := range []string{"10.244.1.9:80", "192.168.1.99:80", "10.244.7.2:80", "192.168.1.21:80"} {
		asked.Go(func() {
			if word, _, err := askWithin(time.Second, one.Namespace(), address); err == nil {
				t.Errorf("%s answered %q", address, word)
			}
		})
	}
	asked.Wait()
}

func TestRemovalTakesLinksRoutesAndPinsAway(t *testing.T) {
	l := segment(t)
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	if _, err := l.AddNode("gone", netip.MustParsePrefix("192.168.1.23/24")); err != nil {
		t.Fatal(err)
	}
	gone := l.nodes["gone"]
	if err := gone.SetPodCIDR(netip.MustParsePrefix("10.244.3.0/24")); err != nil {
		t.Fatal(err)
	}
	pod(t, gone, "short-lived")
	one := pod(t, w1, "8d1c3f4e-53cb-4f0b-9a5e-0d5f3f2b7c11")
	if err := one.Remove(); err != nil {
		t.Fatal(err)
	}
	if err := l.RemoveNode("gone"); err != nil {
		t.Fatal(err)
	}
	if got := linkNames(t, w1.Namespace()); got != "lo eth0 cni0" {
		t.Errorf("links of node w1: %s", got)
	}
	if got := linkNames(t, l.Namespace()); got != "lo lan0 n-w1" {
		t.Errorf("links of the LAN: %s", got)
	}
	routes := ""
	w1.Namespace().Do(func() error {
		list, err := netlink.RouteList(nil, netlink.FAMILY_V4)
		for _, route := range list {
			routes += route.Dst.String() + " "
		}
		return err
	})
	if routes != "0.0.0.0/0 10.244.1.0/24 192.168.1.0/24 " {
		t.Errorf("routes of node w1: %s", routes)
	}
	entries, err := os.ReadDir(pins)
	if err != nil {
		t.Fatal(err)
	}
	pinned := []string{}
	for _, entry := range entries {
		pinned = append(pinned, entry.Name())
	}
	if got := strings.Join(pinned, " "); got != "lan node-w1" {
		t.Errorf("pins: %s", got)
	}
}

func linkNames(t *testing.T, n *Namespace) string {
	t.Helper()
	names := []string{}
	err := n.Do(func() error {
		links, err := netlink.LinkList()
		for _, link := range links {
			names = append(names, link.Attrs().Name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, " ")
}

func TestAProcessStartsInsideTheNamespace(t *testing.T) {
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	var out strings.Builder
	cmd := exec.Command("readlink", "/proc/self/ns/net")
	cmd.Stdout = &out
	if err := w1.Namespace().Start(cmd); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	want := ""
	w1.Namespace().Do(func() (err error) { want, err = os.Readlink("/proc/thread-self/ns/net"); return err })
	mine, _ := os.Readlink("/proc/self/ns/net")
	if got := strings.TrimSpace(out.String()); got != want || got == mine {
		t.Errorf("child's network is %s, want %s (ours is %s)", got, want, mine)
	}
}

func TestAThreadIsBackHomeAfterDo(t *testing.T) {
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	home, _ := os.Readlink("/proc/self/ns/net")
	for range 50 {
		if err := w1.Namespace().Do(func() error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		if got, _ := os.Readlink("/proc/self/task/" + task.Name() + "/ns/net"); got != home {
			t.Errorf("thread %s is in %s, want %s", task.Name(), got, home)
		}
	}
}

func TestASecondLANIsRefusedSinceTheNamespaceIsInUse(t *testing.T) {
	segment(t)
	_, err := New(netip.MustParsePrefix("192.168.2.1/24"))
	if err == nil || !strings.Contains(err.Error(), "interface lan0 is in use") {
		t.Errorf("got %v", err)
	}
}

func TestNodesWithWrongOrTakenAddressesAreRefused(t *testing.T) {
	w1 := node(t, "w1", "192.168.1.21/24", "10.244.1.0/24")
	for address, want := range map[string]string{
		"192.168.1.21/24": "node w9: address 192.168.1.21 is taken by node w1",
		"192.168.2.21/24": "node w9: address 192.168.2.21/24 is not in the LAN's network 192.168.1.0/24",
	} {
		if _, err := w1.lan.AddNode("w9", netip.MustParsePrefix(address)); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestNamesAreNotLookedUp(t *testing.T) {
	_, err := segment(t).Namespace().Dial(context.Background(), "tcp", "localhost:80")
	if err == nil || !strings.Contains(err.Error(), `"localhost:80" is not an IP address with a port`) {
		t.Errorf("got %v", err)
	}
}
