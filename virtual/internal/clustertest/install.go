package clustertest

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"starbase.example/virtual/internal/process"
)

// Values are what the tests ask of Cilium's chart: Gateways, announced addresses, no kube-proxy.
var Values = map[string]any{
	"k8sServiceHost": "192.168.1.11", "k8sServicePort": "6443", "kubeProxyReplacement": "true",
	"ipam": map[string]any{"mode": "kubernetes"}, "operator": map[string]any{"replicas": 1},
	"l2announcements": map[string]any{"enabled": true},
	"hubble":          map[string]any{"enabled": false},
	"gatewayAPI":      map[string]any{"enabled": true, "enableAlpn": true, "enableAppProtocol": true, "gatewayClass": map[string]any{"create": "true"}},
}

func (c *Cluster) install(t *testing.T) {
	t.Helper()
	c.Kubectl(t, nil, "apply", "--server-side", "-f", filepath.Join(c.modules, "gateway-api", "config", "crd", "standard"))
	c.Kubectl(t, nil, "wait", "--for=condition=Established", "--timeout=60s", "crd", "--all")
	c.Kubectl(t, c.rendered(t), "apply", "--server-side", "-f", "-")
	c.startOperator(t)
	c.Kubectl(t, nil, "wait", "--for=condition=Accepted", "--timeout=120s", "gatewayclass/cilium")
}

// rendered is what `helm template` makes of Cilium's chart.
func (c *Cluster) rendered(t *testing.T) []byte {
	t.Helper()
	loaded, err := loader.LoadDir(filepath.Join(c.modules, "charts", "cilium"))
	if err != nil {
		t.Fatal(err)
	}
	values, err := chartutil.ToRenderValues(loaded, Values, chartutil.ReleaseOptions{Name: "cilium", Namespace: "kube-system", IsInstall: true}, capabilities())
	if err != nil {
		t.Fatal(err)
	}
	files, err := engine.Render(loaded, values)
	if err != nil {
		t.Fatal(err)
	}
	delete(files, "cilium/templates/NOTES.txt")
	_, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, manifest := range manifests {
		all.WriteString("\n---\n" + manifest.Content)
	}
	return all.Bytes()
}

func capabilities() *chartutil.Capabilities {
	with := chartutil.DefaultCapabilities.Copy()
	with.APIVersions = append(with.APIVersions, "gateway.networking.k8s.io/v1/GatewayClass")
	return with
}

// startOperator runs it as its pod would, with the chart's ConfigMap as its folder of settings.
func (c *Cluster) startOperator(t *testing.T) {
	t.Helper()
	settings, err := c.Client.CoreV1().ConfigMaps("kube-system").Get(t.Context(), "cilium-config", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(c.folder, "cilium-config")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for key, value := range settings.Data {
		if err := os.WriteFile(filepath.Join(folder, key), []byte(value), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, end := context.WithCancel(context.Background())
	operator, err := process.Start(ctx, process.Spec{
		Name: "cilium-operator", Path: filepath.Join(c.Bin, "cilium-operator"), Restart: true,
		Args: []string{"--config-dir=" + folder, "--k8s-kubeconfig-path=" + c.kubeconfig(), "--enable-metrics=false"},
		Env:  append(os.Environ(), "K8S_NODE_NAME=cp1", "CILIUM_K8S_NAMESPACE=kube-system"),
		Log:  filepath.Join(c.folder, "logs", "cilium-operator.log"), In: c.Nodes["cp1"].Namespace(), Deadline: time.Minute,
	})
	if err != nil {
		end()
		t.Fatal(err)
	}
	t.Cleanup(func() {
		end()
		<-operator.Done()
		if t.Failed() {
			content, _ := os.ReadFile(filepath.Join(c.folder, "logs", "cilium-operator.log"))
			t.Logf("the end of the operator's log:\n%s", content[max(0, len(content)-4000):])
		}
	})
}

// Kubectl runs the real one as the cluster's owner and returns what it printed.
func (c *Cluster) Kubectl(t *testing.T, input []byte, arguments ...string) string {
	t.Helper()
	cmd := exec.Command(filepath.Join(c.Bin, "kubectl"), append([]string{"--kubeconfig", c.kubeconfig()}, arguments...)...)
	var out, errors bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(input), &out, &errors
	err := c.LAN.Namespace().Start(cmd)
	if err == nil {
		err = cmd.Wait()
	}
	if err != nil {
		t.Fatalf("kubectl %s: %v\n%s", strings.Join(arguments, " "), err, errors.String())
	}
	return out.String()
}

// Apply hands manifests to the API server.
func (c *Cluster) Apply(t *testing.T, manifests string) {
	t.Helper()
	c.Kubectl(t, []byte(manifests), "apply", "--server-side", "--force-conflicts", "-f", "-")
}
