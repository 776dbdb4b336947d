package controlplane

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/config/machine"
	"golang.org/x/sync/errgroup"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"

	"starbase.example/virtual/internal/lan"
)

// cluster is control planes that come and go; each is named after its node.
type cluster struct {
	options Options
	// all are the addresses of those that may be members.
	all     []netip.Addr
	running map[string]*ControlPlane
	end     map[string]context.CancelFunc
}

// start starts a control plane, joining the others, and returns how long that took.
func (c *cluster) start(t *testing.T, name, address string) time.Duration {
	t.Helper()
	o := c.options
	o.Node = node(t, name, address)
	o.Join = c.all
	return c.startAll(t, o)
}

// startAll starts several side by side.
func (c *cluster) startAll(t *testing.T, options ...Options) time.Duration {
	t.Helper()
	begun := time.Now()
	var mutex sync.Mutex
	var started errgroup.Group
	for _, o := range options {
		started.Go(func() error {
			ctx, end := context.WithCancel(context.WithoutCancel(t.Context()))
			plane, err := Start(ctx, o)
			if err != nil {
				end()
				return err
			}
			mutex.Lock()
			defer mutex.Unlock()
			c.running[o.name()], c.end[o.name()] = plane, end
			return nil
		})
	}
	if err := started.Wait(); err != nil {
		t.Fatal(err)
	}
	return time.Since(begun).Round(100 * time.Millisecond)
}

// stop ends a control plane in order.
func (c *cluster) stop(name string) time.Duration {
	begun := time.Now()
	c.end[name]()
	c.running[name].Wait()
	delete(c.running, name)
	return time.Since(begun).Round(100 * time.Millisecond)
}

// names are those of etcd's members as one of them knows them, learners marked.
func (c *cluster) names(t *testing.T, asked string) string {
	t.Helper()
	members, err := c.running[asked].Members(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range members {
		name := m.Name
		if m.Learner {
			name += "?"
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// holder is the control plane whose machine has the virtual address.
func (c *cluster) holder(t *testing.T) string {
	t.Helper()
	var holders []string
	for name, plane := range c.running {
		err := plane.options.Node.Namespace().Do(func() error {
			addresses, err := net.InterfaceAddrs()
			for _, a := range addresses {
				if strings.HasPrefix(a.String(), "192.168.1.10/") {
					holders = append(holders, name)
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(holders, " ")
}

// answers waits until an API server answers at the virtual address, seen from the LAN, and returns how long that took.
func (c *cluster) answers(t *testing.T) time.Duration {
	t.Helper()
	l, err := segment()
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	err = errors.New("not asked")
	for time.Since(begun) < time.Minute && err != nil {
		var client *kubernetes.Clientset
		if client, err = c.client(l.Namespace()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		err = client.Discovery().RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
		cancel()
		if err != nil {
			time.Sleep(100 * time.Millisecond)
		}
	}
	if err != nil {
		t.Fatalf("nobody answers at %s after a minute: %v", endpoint, err)
	}
	return time.Since(begun).Round(100 * time.Millisecond)
}

// client is a new one each time: no connection of an earlier one is used again.
func (c *cluster) client(from *lan.Namespace) (*kubernetes.Clientset, error) {
	config, err := c.options.PKI.ClientFor(endpoint, Admin)
	if err != nil {
		return nil, err
	}
	config.Dial = from.Dial
	return kubernetes.NewForConfig(config)
}

// apiServers are the addresses of the Service kubernetes.
func (c *cluster) apiServers(t *testing.T, asked string) string {
	t.Helper()
	client, err := c.running[asked].client()
	if err != nil {
		t.Fatal(err)
	}
	slice, err := client.DiscoveryV1().EndpointSlices(metav1.NamespaceDefault).Get(t.Context(), "kubernetes", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, endpoint := range slice.Endpoints {
		all = append(all, endpoint.Addresses...)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// TestControlPlanesJoinTakeOverAndLeave goes through the life of a cluster of three, made from one machine configuration:
// one test, since each control plane takes seconds to start. It needs the built programs (STARBASE_BIN).
func TestControlPlanesJoinTakeOverAndLeave(t *testing.T) {
	bin := programs(t)
	options, err := OptionsOf(machineConfig(t, machine.TypeControlPlane))
	if err != nil {
		t.Fatal(err)
	}
	options.Bin, options.Folder = bin, t.TempDir()
	options.Report = func(text string) { t.Log("reported: " + text) }
	c := &cluster{options: options, running: map[string]*ControlPlane{}, end: map[string]context.CancelFunc{}}
	defer func() {
		for name := range c.running {
			c.stop(name)
		}
	}()

	t.Logf("cp1 bootstrapped in %s", c.start(t, "cp1", "192.168.1.11/24"))
	t.Logf("the virtual address answers %s later", c.answers(t))
	if got := c.holder(t); got != "cp1" {
		t.Errorf("%q has the virtual address, want cp1", got)
	}

	c.isAsConfigured(t)

	// An admission that was interrupted: the member was added, and never started.
	client, err := c.running["cp1"].etcdClient(t.Context(), loopback)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.MemberAddAsLearner(t.Context(), []string{"https://192.168.1.12:2380"}); err != nil {
		t.Fatal(err)
	}
	client.Close()
	c.all = []netip.Addr{netip.MustParseAddr("192.168.1.11"), netip.MustParseAddr("192.168.1.12"), netip.MustParseAddr("192.168.1.13")}
	two, three := c.options, c.options
	two.Node, three.Node = node(t, "cp2", "192.168.1.12/24"), node(t, "cp3", "192.168.1.13/24")
	two.Join, three.Join = c.all, c.all
	c.interrupt(t, two)
	two.Join = nil // It knows whom it was about to join.
	t.Logf("cp2 and cp3 joined in %s", c.startAll(t, two, three))
	for name := range c.running {
		if got := c.names(t, name); got != "cp1 cp2 cp3" {
			t.Errorf("members as %s knows them: %s", name, got)
		}
	}
	if got := c.apiServers(t, "cp2"); got != "192.168.1.11 192.168.1.12 192.168.1.13" {
		t.Errorf("API servers: %s", got)
	}

	c.losesPower(t)
	c.restarts(t)
	c.restartsWhole(t)
	c.losesItsAPIServer(t)
	c.leaves(t)
}

// interrupt ends a start as soon as there is data of a member without a vote.
func (c *cluster) interrupt(t *testing.T, o Options) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	defer end()
	go func() {
		for ctx.Err() == nil && !o.HasData() {
			time.Sleep(time.Millisecond)
		}
		end()
	}()
	if _, err := Start(ctx, o); err == nil || o.interrupted() == nil {
		t.Fatalf("the admission of %s was not interrupted: %v", o.name(), err)
	}
	t.Logf("while %s was joining, its machine was switched off; members: %q", o.name(), c.names(t, "cp1"))
}

// isAsConfigured looks at what only the programs can show: how tokens are signed, and secrets encrypted.
func (c *cluster) isAsConfigured(t *testing.T) {
	t.Helper()
	client, err := c.running["cp1"].client()
	if err != nil {
		t.Fatal(err)
	}
	discovered, err := client.Discovery().RESTClient().Get().AbsPath("/.well-known/openid-configuration").DoRaw(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"issuer":"` + endpoint + `"`, `"id_token_signing_alg_values_supported":["RS256"]`} {
		if !strings.Contains(string(discovered), want) {
			t.Errorf("service-account tokens: got %s, want %s in it", discovered, want)
		}
	}
	etcd, err := c.running["cp1"].etcdClient(t.Context(), loopback)
	if err != nil {
		t.Fatal(err)
	}
	defer etcd.Close()
	stored, err := etcd.Get(t.Context(), "/registry/secrets/kube-system/bootstrap-token-"+c.options.Token.ID)
	if err != nil || len(stored.Kvs) != 1 || !strings.HasPrefix(string(stored.Kvs[0].Value), "k8s:enc:secretbox:v1:key2:") {
		t.Errorf("the bootstrap token is not stored as a secret that is encrypted: %v, %v", stored, err)
	}
}

// losesPower cuts the machine off that has the virtual address; another takes it, and the dead member is taken out. The
// machine comes back without its disk, and is a member again.
func (c *cluster) losesPower(t *testing.T) {
	t.Helper()
	l, _ := segment()
	lost := c.holder(t)
	if err := l.RemoveNode(lost); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s was cut off; the virtual address answers again after %s", lost, c.answers(t))
	dead := c.running[lost]
	begun := time.Now()
	c.end[lost]()
	dead.Cut()
	t.Logf("its processes ended in %s", time.Since(begun).Round(100*time.Millisecond))
	delete(c.running, lost)
	now := c.holder(t)
	if now == "" || strings.Contains(now, " ") {
		t.Fatalf("%q have the virtual address", now)
	}
	members, err := c.running[now].Members(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		if m.Name == lost {
			if err := c.running[now].Remove(t.Context(), m.ID); err != nil {
				t.Error(err)
			}
		}
	}
	if got := c.names(t, now); strings.Contains(got, lost) {
		t.Errorf("members after %s was taken out: %s", lost, got)
	}
	o := dead.options
	if err := os.RemoveAll(o.Data()); err != nil {
		t.Fatal(err)
	}
	o.Node = node(t, lost, o.Node.Address().String()+"/24")
	o.Join = c.all
	t.Logf("%s joined again in %s", lost, c.startAll(t, o))
	if got := c.names(t, now); got != "cp1 cp2 cp3" {
		t.Errorf("members: %s", got)
	}
}

// restarts ends a control plane and starts it with its data, while the others go on.
func (c *cluster) restarts(t *testing.T) {
	t.Helper()
	name := c.holder(t)
	o := c.running[name].options
	t.Logf("%s ended in order in %s; the virtual address answers %s later", name, c.stop(name), c.answers(t))
	if got := c.holder(t); got == "" || strings.Contains(got, " ") {
		t.Errorf("%q have the virtual address", got)
	}
	t.Logf("%s started with its data in %s", name, c.startAll(t, o))
	if got := c.names(t, name); got != "cp1 cp2 cp3" {
		t.Errorf("members: %s", got)
	}
}

// restartsWhole ends all control planes at once and starts them with their data, as a lab that goes down and up again.
func (c *cluster) restartsWhole(t *testing.T) {
	t.Helper()
	begun := time.Now()
	var options []Options
	for name, plane := range c.running {
		options = append(options, plane.options)
		c.end[name]()
	}
	for _, plane := range c.running {
		plane.Wait()
	}
	t.Logf("all ended in %s", time.Since(begun).Round(100*time.Millisecond))
	took := c.startAll(t, options...)
	begun = time.Now().Add(-took)
	t.Logf("all started in %s; the virtual address answers %s later", took, c.answers(t))
	client, err := c.running["cp1"].client()
	if err != nil {
		t.Fatal(err)
	}
	for time.Since(begun) < time.Minute {
		lease, err := client.CoordinationV1().Leases(metav1.NamespaceSystem).Get(t.Context(), "kube-controller-manager", metav1.GetOptions{})
		if err == nil && lease.Spec.HolderIdentity != nil && strings.HasPrefix(*lease.Spec.HolderIdentity, "cp") && lease.Spec.RenewTime.After(begun) {
			t.Logf("controller manager %s leads %s after the start", *lease.Spec.HolderIdentity, lease.Spec.RenewTime.Sub(begun).Round(100*time.Millisecond))
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("no controller manager leads a minute after the start")
}

// losesItsAPIServer ends nothing but the API server of the one that has the virtual address: another takes it.
func (c *cluster) losesItsAPIServer(t *testing.T) {
	t.Helper()
	holder := c.running[c.holder(t)]
	begun := time.Now()
	holder.above[0].Stop()
	for c.holder(t) == holder.options.Name && time.Since(begun) < time.Minute {
		time.Sleep(100 * time.Millisecond)
	}
	c.answers(t)
	t.Logf("without its API server %s gave the virtual address up after %s, and %s has it", holder.options.Name,
		time.Since(begun).Round(100*time.Millisecond), c.holder(t))
	o := holder.options
	c.stop(o.Name)
	c.startAll(t, o)
}

// leaves takes one after the other out, but for the last.
func (c *cluster) leaves(t *testing.T) {
	t.Helper()
	for _, want := range []string{"cp1 cp2", "cp1"} {
		name := fmt.Sprintf("cp%d", len(c.running))
		o := c.running[name].options
		begun := time.Now()
		if err := c.running[name].Leave(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s left in %s", name, time.Since(begun).Round(100*time.Millisecond))
		delete(c.running, name)
		if got := c.names(t, "cp1"); got != want {
			t.Errorf("members: %s, want %s", got, want)
		}
		if o.HasData() {
			t.Errorf("%s left its data behind", name)
		}
		if got := c.apiServers(t, "cp1"); strings.Contains(got, o.Node.Address().String()) {
			t.Errorf("API servers after %s left: %s", name, got)
		}
		c.answers(t)
	}
	if err := c.running["cp1"].Leave(t.Context()); !errors.Is(err, ErrLast) {
		t.Errorf("the last member's leave: %v, want a refusal", err)
	}
	c.answers(t)
}
