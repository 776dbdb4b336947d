package lab

import (
	"net/netip"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/rest"

	"starbase.example/virtual/internal/agent"
	"starbase.example/virtual/internal/kubelet"
	"starbase.example/virtual/internal/kubelet/images"
	"starbase.example/virtual/internal/kubelet/workload"
	"starbase.example/virtual/internal/lan"
)

const (
	controlPlaneRole = "node-role.kubernetes.io/control-plane"
	workerRole       = "node-role.kubernetes.io/worker"
)

// kubelet is what every kubelet of the lab has in common. admin is for the parts that play its pods; who the kubelet itself
// is, is added by its caller.
func (l *Lab) kubelet(node *lan.Node, admin *rest.Config, services netip.Prefix) kubelet.Options {
	cilium := agent.Agent{Config: admin, Programs: l.Bin, RunDir: "/run/cilium", LogDir: l.In("logs")}
	return kubelet.Options{
		Config: admin, Node: node, Labels: map[string]string{workerRole: ""}, Programs: l.Bin,
		LogDir: l.In("logs", "pods"), RunDir: filepath.Join("/run/kubelet", node.Name()),
		Images: images.Default(), Record: &l.played,
		Workloads: map[string]workload.Workload{images.Agent: cilium, images.Echo: workload.Echo{}, images.Done: workload.Done{}},
		// The first address of the Service network is Kubernetes', the tenth by everybody's habit the name server's.
		ServiceHost: nth(services, 1).String(), ClusterDNS: nth(services, 10).String(),
	}
}

// taints keep ordinary pods away from control planes.
var taints = []corev1.Taint{{Key: controlPlaneRole, Effect: corev1.TaintEffectNoSchedule}}
