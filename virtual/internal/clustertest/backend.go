package clustertest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"starbase.example/virtual/internal/lan"
)

// Serve answers HTTP on a port of a new pod of a node, with a line that names it and one for each header asked for.
func (c *Cluster) Serve(t *testing.T, node, name string, port int) *lan.Pod {
	t.Helper()
	pod, err := c.Nodes[node].AddPod(name)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := pod.Namespace().Listen("tcp", fmt.Sprintf(":%d", port))
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "pod: %s\nhost: %s\nforwarded for: %s\n", name, r.Host, r.Header.Get("X-Forwarded-For"))
	})}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return pod
}

// Service applies a Service without selector and an EndpointSlice with the pods as its ready endpoints.
// The target port has the name of the Service's only port: none.
func (c *Cluster) Service(t *testing.T, namespace, name string, port, target int, pods ...*lan.Pod) {
	t.Helper()
	var endpoints strings.Builder
	for _, pod := range pods {
		fmt.Fprintf(&endpoints, "- {addresses: [%q], conditions: {ready: true}}\n", pod.Address())
	}
	if len(pods) == 0 {
		endpoints.WriteString("  []\n")
	}
	c.Apply(t, fmt.Sprintf(`
apiVersion: v1
kind: Namespace
metadata: {name: %[1]s}
---
apiVersion: v1
kind: Service
metadata: {name: %[2]s, namespace: %[1]s}
spec: {ports: [{port: %[3]d, targetPort: %[4]d}]}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: %[2]s, namespace: %[1]s, labels: {kubernetes.io/service-name: %[2]s}}
addressType: IPv4
ports: [{name: "", port: %[4]d, protocol: TCP}]
endpoints:
%[5]s`, namespace, name, port, target, endpoints.String()))
}
