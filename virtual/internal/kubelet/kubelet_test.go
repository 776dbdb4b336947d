package kubelet_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/controlplane"
)

// ciliumAgent is as much of Cilium's DaemonSet as makes nodes Ready.
const ciliumAgent = `
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: cilium, namespace: kube-system}
spec:
  selector: {matchLabels: {k8s-app: cilium}}
  template:
    metadata: {labels: {k8s-app: cilium}}
    spec:
      hostNetwork: true
      tolerations: [{operator: Exists}]
      initContainers: [{name: mount-cgroup, image: "quay.io/cilium/cilium:v1.20.2"}]
      containers: [{name: cilium-agent, image: "quay.io/cilium/cilium:v1.20.2"}]
`

const webAndJob = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 30
      containers: [{name: web, image: "example.com/web:v1", ports: [{containerPort: 8080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, clusterIP: 10.96.0.80, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: silent}
spec:
  replicas: 1
  selector: {matchLabels: {app: silent}}
  template:
    metadata: {labels: {app: silent}}
    spec: {containers: [{name: silent, image: "example.com/silent:v1"}]}
---
apiVersion: v1
kind: Service
metadata: {name: silent}
spec: {type: NodePort, clusterIP: 10.96.0.81, selector: {app: silent}, ports: [{port: 80, targetPort: 3000, nodePort: 30081}]}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: migrate, image: "example.com/migrate:v1"}]
---
apiVersion: v1
kind: Pod
metadata: {name: unpullable}
spec: {containers: [{name: web, image: "registry.invalid/web:v1"}]}
`

// TestPodsRunOnSimulatedNodes goes through a cluster's day with the real
// control plane: one test, since a control plane takes seconds to start.
func TestPodsRunOnSimulatedNodes(t *testing.T) {
	c := newCluster(t)
	c.controlled(t, controlplane.Token{})
	end := c.start(t)
	defer func() { end() }()

	nodes := func() string {
		return strings.Join(strings.Fields(c.kubectl(t, "", "get", "nodes", "--no-headers",
			"-o", `jsonpath={range .items[*]}{.metadata.name} {.status.conditions[?(@.type=="Ready")].status} {end}`)), " ")
	}
	eventually(t, 30*time.Second, "all nodes registered, none ready", func() (bool, string) {
		now := nodes()
		return now == "cp1 False w1 False w2 False", now
	})
	c.apply(t, ciliumAgent)
	eventually(t, 30*time.Second, "all nodes ready", func() (bool, string) {
		now := nodes()
		return now == "cp1 True w1 True w2 True", now
	})

	c.apply(t, webAndJob)
	c.kubectl(t, "", "wait", "--for=condition=Available", "deployment/web", "--timeout=30s")
	c.kubectl(t, "", "wait", "--for=condition=Complete", "job/migrate", "--timeout=30s")
	c.awaitPage(t, "10.96.0.80:80", "pod: web-")
	// Its container declares no port.
	c.awaitPage(t, "10.96.0.81:80", "pod: silent-")
	eventually(t, 10*time.Second, "a pod that waits for its image", func() (bool, string) {
		now := c.kubectl(t, "", "get", "pod", "unpullable", "-o", "jsonpath={.status.phase} {.status.containerStatuses[0].state.waiting}")
		return strings.HasPrefix(now, "Pending {") && strings.Contains(now, `Back-off pulling image \"registry.invalid/web:v1\": ErrImagePull: `), now
	})
	c.kubectl(t, "", "delete", "pod", "unpullable")
	c.echoes(t)
	c.rollsOutQuickly(t)
	c.runsCertManager(t)

	// A second start of the lab finds its pods in etcd and goes on with them.
	before := c.webPods(t)
	end()
	end = c.start(t)
	eventually(t, 30*time.Second, "the same pods, restarted once and ready", func() (bool, string) {
		now := c.webPods(t)
		return now == strings.ReplaceAll(before, " 0", " 1"), now
	})
	c.awaitPage(t, "10.96.0.80:80", "pod: web-")
	c.tellsRealFromSimulated(t)
}

// awaitPage waits until the Service answers: connections are refused until the
// forwarder knows of a ready endpoint.
func (c *cluster) awaitPage(t *testing.T, address, begins string) {
	t.Helper()
	eventually(t, 10*time.Second, "a page from the Service", func() (bool, string) {
		page, err := ask(t.Context(), c.nodes["w1"].Namespace(), address)
		return strings.HasPrefix(page, begins), fmt.Sprint(page, err)
	})
}

// webPods are the running pods with readiness and restarts.
func (c *cluster) webPods(t *testing.T) string {
	t.Helper()
	all := []string{}
	for _, pod := range c.pods(t, "default") {
		if pod.Labels["app"] != "web" || pod.DeletionTimestamp != nil {
			continue
		}
		s := pod.Status.ContainerStatuses[0]
		all = append(all, fmt.Sprintf("%s ready=%t %d", pod.Name, s.Ready, s.RestartCount))
	}
	return strings.Join(all, ", ")
}

func (c *cluster) echoes(t *testing.T) {
	t.Helper()
	want := regexp.MustCompile(`^pod: web-\S+
namespace: default
image: example.com/web:v1
node: w[12]

GET /hello HTTP/1.0
Host: lab.example
X-Test: yes
$`)
	pods := c.pods(t, "default")
	direct := ""
	for _, pod := range pods {
		if pod.Labels["app"] == "web" {
			direct = pod.Status.PodIP + ":8080"
		}
	}
	for _, address := range []string{direct, "10.96.0.80:80", "192.168.1.21:30080"} {
		if page := c.get(t, c.nodes["w1"].Namespace(), address); !want.MatchString(page) {
			t.Errorf("%s answered:\n%s", address, page)
		}
	}
	log := c.kubectl(t, "", "logs", "deployment/web")
	if log != "virtual lab: an echo page stands in for image example.com/web:v1\n" {
		t.Errorf("kubectl logs: %q", log)
	}
	log = c.kubectl(t, "", "logs", "job/migrate")
	if log != "virtual lab: image example.com/migrate:v1 did not run; its success is simulated\n" {
		t.Errorf("kubectl logs of the job: %q", log)
	}
}

// rollsOutQuickly: a deleted pod leaves the API when it has ended, not when
// its grace period of 30 seconds is over.
func (c *cluster) rollsOutQuickly(t *testing.T) {
	t.Helper()
	begun := time.Now()
	c.kubectl(t, "", "rollout", "restart", "deployment/web")
	c.kubectl(t, "", "rollout", "status", "deployment/web", "--timeout=30s")
	eventually(t, 15*time.Second, "two pods of the new revision and no other", func() (bool, string) {
		list, err := c.client.CoreV1().Pods("default").List(t.Context(), metav1.ListOptions{LabelSelector: "app=web"})
		if err != nil {
			t.Fatal(err)
		}
		names := []string{}
		for _, pod := range list.Items {
			names = append(names, pod.Name)
		}
		return len(names) == 2, strings.Join(names, " ")
	})
	t.Logf("a rollout took %s", time.Since(begun).Round(time.Millisecond))
}

func (c *cluster) tellsRealFromSimulated(t *testing.T) {
	t.Helper()
	got := []string{}
	for _, line := range c.record.Lines() {
		got = append(got, fmt.Sprintf("%s %t: %s", line.Image, line.Real, line.Says))
	}
	want := []string{
		"quay.io/jetstack/cert-manager-cainjector:v0.0.0 true: the real cert-manager cainjector",
		"quay.io/jetstack/cert-manager-controller:v0.0.0 true: the real cert-manager controller",
		"quay.io/jetstack/cert-manager-startupapicheck:v0.0.0 true: the real cert-manager startupapicheck",
		"quay.io/jetstack/cert-manager-webhook:v0.0.0 true: the real cert-manager webhook",
		"example.com/migrate:v1 false: success, without running",
		"example.com/silent:v1 false: an echo page",
		"example.com/web:v1 false: an echo page",
		"quay.io/cilium/cilium:v1.20.2 false: a stand-in for the Cilium agent",
		"quay.io/cilium/cilium:v1.20.2 false: success, without running",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
