// Package agent stands in for the Cilium agent: it plays the containers of the images cilium/cilium and
// cilium/cilium-envoy. It announces Services' addresses on the LAN and configures the node's Envoy, which is real. No
// packet is filtered by it; Services other than Gateways are forwarded by package services.
package agent

import (
	"context"
	"path/filepath"

	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/envoy"
	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/kubelet/workload"
)

// Agent plays the agent of any node.
type Agent struct {
	// Config is a connection to the API server that may impersonate others: the agent acts as its pod's service account,
	// so it may do what the chart allows and no more.
	Config *rest.Config
	// Programs is the folder with the real programs: envoy.
	Programs string
	// RunDir holds each node's sockets; its path must be short, see envoy.Proxy.
	RunDir string
	// LogDir is where Envoys' logs go.
	LogDir string
}

// Play is ready when Envoy has its first configuration.
func (a Agent) Play(ctx context.Context, stage workload.Stage) error {
	node := stage.Node.Name()
	proxy := envoy.Proxy{Node: node, In: stage.Node.Namespace(), Program: filepath.Join(a.Programs, "envoy"),
		Folder: filepath.Join(a.RunDir, node), Log: filepath.Join(a.LogDir, "envoy-"+node+".log")}
	ready := func() { stage.Ready(true) }
	if images.Repository(stage.Container.Image) == "cilium/cilium-envoy" {
		stage.Log.Printf("virtual lab: a stock Envoy runs in place of Cilium's build; what it prints is in %s", proxy.Log)
		return proxy.Run(ctx, ready)
	}
	stage.Log.Printf("virtual lab: a stand-in for the Cilium agent; it configures Envoy and announces addresses, and enforces no policies")
	report := func(text string) { stage.Log.Printf("%s", text) }
	return duty{node: stage.Node, config: a.configOf(stage), proxy: proxy, report: report, ready: ready}.run(ctx)
}

// configOf acts as the pod's service account, from the node.
func (a Agent) configOf(stage workload.Stage) *rest.Config {
	config := rest.CopyConfig(a.Config)
	config.Dial = stage.Node.Namespace().Dial
	namespace, account := stage.Pod.Namespace, stage.Pod.Spec.ServiceAccountName
	config.Impersonate = rest.ImpersonationConfig{UserName: "system:serviceaccount:" + namespace + ":" + account,
		Groups: []string{"system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated"}}
	return config
}
