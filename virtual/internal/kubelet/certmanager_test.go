package kubelet_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
)

const certificate = `
apiVersion: v1
kind: Namespace
metadata: {name: gateway}
---
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: {name: selfsigned, namespace: gateway}
spec: {selfSigned: {}}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: cert, namespace: gateway}
spec: {secretName: cert, commonName: lab.example, dnsNames: [lab.example], issuerRef: {name: selfsigned}}
`

// runsCertManager runs the real cert-manager as the pods of its chart, all on
// one node: controller, cainjector and webhook listen on port 9402 there, each
// in its own pod.
func (c *cluster) runsCertManager(t *testing.T) {
	t.Helper()
	onOneNode := map[string]any{"kubernetes.io/hostname": "w1"}
	objects, hooks := chart(t, "cert-manager", "cert-manager", map[string]any{
		"crds":            map[string]any{"enabled": true},
		"global":          map[string]any{"leaderElection": map[string]any{"namespace": "cert-manager"}},
		"nodeSelector":    onOneNode,
		"webhook":         map[string]any{"nodeSelector": onOneNode},
		"cainjector":      map[string]any{"nodeSelector": onOneNode},
		"startupapicheck": map[string]any{"nodeSelector": onOneNode},
	})
	c.kubectl(t, "", "create", "namespace", "cert-manager")
	begun := time.Now()
	c.kubectl(t, objects, "apply", "--server-side", "-f", "-")
	c.kubectl(t, "", "wait", "-n", "cert-manager", "--for=condition=Available", "deployment", "--all", "--timeout=60s")
	t.Logf("cert-manager was available after %s", time.Since(begun).Round(time.Millisecond))

	pods := map[string]corev1.Pod{}
	for _, pod := range c.pods(t, "cert-manager") {
		pods[pod.Labels["app.kubernetes.io/component"]] = pod
		c.reaches(t, pod, 9402)
	}
	c.reaches(t, pods["webhook"], 10250)

	c.kubectl(t, hooks, "apply", "-f", "-")
	c.kubectl(t, "", "wait", "-n", "cert-manager", "--for=condition=Complete", "job", "--all", "--timeout=60s")
	if log := c.kubectl(t, "", "logs", "-n", "cert-manager", "job/cert-manager-startupapicheck"); !strings.Contains(log, "The cert-manager API is ready") {
		t.Errorf("log of startupapicheck: %s", log)
	}
	c.kubectl(t, certificate, "apply", "-f", "-")
	c.kubectl(t, "", "wait", "-n", "gateway", "--for=condition=Ready", "certificate/cert", "--timeout=30s")

	if log := c.kubectl(t, "", "logs", "-n", "cert-manager", "--tail=1", "deployment/cert-manager"); strings.Count(log, "\n") != 1 {
		t.Errorf("the last line of the controller's log: %q", log)
	}
	c.restartsWhatIsKilled(t, pods["cainjector"])
	c.stopsInOrder(t, pods["webhook"])
}

// reaches opens a connection to a pod's port from its node.
func (c *cluster) reaches(t *testing.T, pod corev1.Pod, port int) {
	t.Helper()
	connection, err := c.nodes["w1"].Namespace().Dial(t.Context(), "tcp", fmt.Sprintf("%s:%d", pod.Status.PodIP, port))
	if err != nil {
		t.Errorf("%s: %v", pod.Name, err)
		return
	}
	io.Closer(connection).Close()
}

func (c *cluster) restartsWhatIsKilled(t *testing.T, pod corev1.Pod) {
	t.Helper()
	if err := syscall.Kill(process(t, "cainjector"), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, 20*time.Second, "one restart after exit code 137, running again", func() (bool, string) {
		now := strings.TrimSpace(c.kubectl(t, "", "get", "pod", "-n", "cert-manager", pod.Name, "-o",
			"jsonpath={.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].lastState.terminated.exitCode} {.status.phase} {.status.containerStatuses[0].ready}"))
		return now == "1 137 Running true", now
	})
}

// stopsInOrder: SIGTERM reaches the program, which ends by itself long before
// its grace period, and the pod's address answers no more.
func (c *cluster) stopsInOrder(t *testing.T, pod corev1.Pod) {
	t.Helper()
	begun := time.Now()
	c.kubectl(t, "", "delete", "pod", "-n", "cert-manager", pod.Name, "--timeout=25s")
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("deleting %s took %s", pod.Name, took)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if connection, err := c.nodes["w1"].Namespace().Dial(ctx, "tcp", pod.Status.PodIP+":10250"); err == nil {
		connection.Close()
		t.Errorf("%s still answers at %s", pod.Name, pod.Status.PodIP)
	}
}

// process is the id of the program that was started with this argument.
func process(t *testing.T, argument string) int {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		// A process may end between the two calls.
		content, err := os.ReadFile(line)
		if err != nil || !strings.HasPrefix(string(content), "/usr/bin/cert-manager\x00"+argument+"\x00") {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(line)))
		if err != nil {
			t.Fatal(err)
		}
		return pid
	}
	t.Fatalf("no process cert-manager %s", argument)
	return 0
}
