package kubelet_test

import (
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"

	"starbase.example/virtual/internal/controlplane"
	"starbase.example/virtual/internal/kubelet"
	"starbase.example/virtual/internal/kubelet/drain"
)

// bootstrapped starts a kubelet that gets its identity from the cluster; the function it returns ends it and waits.
func (c *cluster) bootstrapped(t *testing.T, machine, name, token string, change func(*kubelet.Options)) (end func(), reports func() []string) {
	t.Helper()
	var mutex sync.Mutex
	var said []string
	options := c.options(machine)
	options.Name = name
	options.Bootstrap = &kubelet.Bootstrap{Server: "https://192.168.1.11:6443", CA: c.pki.Kubernetes.Certificate, Token: token,
		Folder: filepath.Join(c.folder, "disks", machine)}
	options.Report = func(text string) {
		mutex.Lock()
		defer mutex.Unlock()
		said = append(said, text)
	}
	change(&options)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := kubelet.Run(ctx, options); err != nil {
			t.Error(err)
		}
	}()
	end = sync.OnceFunc(func() { cancel(); <-done })
	t.Cleanup(end)
	return end, func() []string {
		mutex.Lock()
		defer mutex.Unlock()
		return append([]string(nil), said...)
	}
}

// TestKubeletsAreLetInByTheirToken boots workers before their cluster: one with the right token, one with a wrong one.
func TestKubeletsAreLetInByTheirToken(t *testing.T) {
	c := newCluster(t)
	token := controlplane.Token{ID: "abcdef", Secret: "0123456789abcdef"}
	nothing := func(*kubelet.Options) {}
	_, stranger := c.bootstrapped(t, "w2", "stranger", "abcdef.fedcba9876543210", nothing)
	labelled := func(o *kubelet.Options) {
		o.Labels = map[string]string{"node-role.kubernetes.io/worker": "", "example.com/rack": "7"}
		o.Version = "v1.35.9"
	}
	end, reports := c.bootstrapped(t, "w1", "worker-1", token.String(), labelled)
	c.controlled(t, token)
	begun := time.Now()
	c.registered(t, "worker-1 v1.35.9 rack=7 role=")
	t.Logf("registered %s after the API server was there", time.Since(begun).Round(100*time.Millisecond))
	if got := c.kubectl(t, "", "get", "csr", "-o", `jsonpath={range .items[*]}{.spec.username} {.spec.groups} {.status.conditions[*].type}{end}`); got !=
		`system:bootstrap:abcdef ["system:bootstrappers","system:bootstrappers:nodes","system:authenticated"] Approved` {
		t.Errorf("requests for certificates: %s", got)
	}
	if got := reports(); len(got) != 1 || !strings.HasPrefix(got[0], "node worker-1 may not give itself these labels") {
		t.Errorf("reported: %q", got)
	}

	// Started again, with somebody who gives the role: its certificate is kept.
	end()
	admin, err := c.plane.ClientFor(controlplane.Admin)
	if err != nil {
		t.Fatal(err)
	}
	with := func(o *kubelet.Options) {
		labelled(o)
		o.Config, o.Static = admin, func() []corev1.Pod { return []corev1.Pod{static} }
	}
	end, reports = c.bootstrapped(t, "w1", "worker-1", token.String(), with)
	eventually(t, 20*time.Second, "the role worker", func() (bool, string) {
		now := c.kubectl(t, "", "get", "node", "worker-1", "--no-headers")
		return strings.Contains(now, " worker "), now
	})
	if got := c.kubectl(t, "", "get", "csr", "-o", "name"); strings.Count(got, "\n") != 1 {
		t.Errorf("a certificate that is good was asked for again: %s", got)
	}
	c.mirrors(t)
	c.worksAndIsDrained(t)

	// A new machine of the same name, once the cluster has forgotten the old one.
	before := c.nodes["w1"].PodCIDR()
	if err := c.segment.RemoveNode("w1"); err != nil {
		t.Fatal(err)
	}
	end()
	c.kubectl(t, "", "delete", "node", "worker-1")
	if err := os.RemoveAll(filepath.Join(c.folder, "disks", "w1")); err != nil {
		t.Fatal(err)
	}
	if c.nodes["w1"], err = c.segment.AddNode("w1", netip.MustParsePrefix("192.168.1.21/24")); err != nil {
		t.Fatal(err)
	}
	_, reports = c.bootstrapped(t, "w1", "worker-1", token.String(), with)
	c.isReady(t)
	t.Logf("its pods had %s, now %s", before, c.nodes["w1"].PodCIDR())
	if got := reports(); len(got) != 0 {
		t.Errorf("reported: %q", got)
	}

	eventually(t, 15*time.Second, "the wrong token is reported once", func() (bool, string) {
		got := stranger()
		return len(got) == 1 && strings.HasPrefix(got[0], "node stranger is kept away: the cluster does not know its bootstrap token"), strings.Join(got, "\n")
	})
	if got := c.kubectl(t, "", "get", "nodes", "-o", "name"); got != "node/worker-1\n" {
		t.Errorf("nodes: %s", got)
	}
}

func (c *cluster) registered(t *testing.T, want string) {
	t.Helper()
	eventually(t, 90*time.Second, want, func() (bool, string) {
		now := c.kubectl(t, "", "get", "nodes", "-o",
			`jsonpath={range .items[*]}{.metadata.name} {.status.nodeInfo.kubeletVersion} rack={.metadata.labels.example\.com/rack} role={.metadata.labels.node-role\.kubernetes\.io/worker}{end}`)
		return now == want, now
	})
}

func (c *cluster) isReady(t *testing.T) {
	t.Helper()
	eventually(t, 60*time.Second, "worker-1 is Ready", func() (bool, string) {
		now := c.kubectl(t, "", "get", "nodes", "--no-headers")
		return strings.HasPrefix(now, "worker-1   Ready "), now
	})
}

const guardedWeb = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{name: web, image: "example.com/web:v1"}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {maxUnavailable: 0, selector: {matchLabels: {app: web}}}
`

// worksAndIsDrained runs pods with the identity that the cluster gave, and evicts them again.
func (c *cluster) worksAndIsDrained(t *testing.T) {
	t.Helper()
	admin, err := c.plane.ClientFor(controlplane.Admin)
	if err != nil {
		t.Fatal(err)
	}
	c.apply(t, ciliumAgent)
	c.isReady(t)
	c.apply(t, guardedWeb)
	c.kubectl(t, "", "wait", "--for=condition=Available", "deployment/web", "--timeout=60s")
	if log := c.kubectl(t, "", "logs", "deployment/web"); log != "virtual lab: an echo page stands in for image example.com/web:v1\n" {
		t.Errorf("kubectl logs: %q", log)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel()
	if err := drain.Node(ctx, admin, "worker-1"); err == nil || !strings.Contains(err.Error(), "these pods are left: default/web-") {
		t.Errorf("against the budget: %v", err)
	}
	c.kubectl(t, "", "delete", "pdb", "web")
	begun := time.Now()
	if err := drain.Node(t.Context(), admin, "worker-1"); err != nil {
		t.Error(err)
	}
	t.Logf("drained in %s", time.Since(begun).Round(100*time.Millisecond))
	got := c.kubectl(t, "", "get", "pods", "-A", "--field-selector=spec.nodeName=worker-1", "-o", `jsonpath={range .items[*]}{.metadata.namespace} {end}`)
	if got != "kube-system kube-system " {
		t.Errorf("pods on the drained node are in %q, want the agent's and the static one in kube-system alone", got)
	}
	if err := drain.Node(t.Context(), admin, "nobody"); err != nil {
		t.Error(err)
	}
}
