package kubelet

import (
	"cmp"
	"context"
	"maps"
	"net/netip"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
)

// capacity of every node. It is invented: the lab's pods share one machine.
var capacity = corev1.ResourceList{
	corev1.ResourceCPU:              resource.MustParse("4"),
	corev1.ResourceMemory:           resource.MustParse("8Gi"),
	corev1.ResourceEphemeralStorage: resource.MustParse("100Gi"),
	corev1.ResourcePods:             resource.MustParse("110"),
}

// nodeStatus is the Node as this kubelet reports it; it implements the node
// provider of virtual-kubelet.
type nodeStatus struct {
	object *corev1.Node
	// notify is received by NotifyNodeStatus, which closes registered.
	notify     func(*corev1.Node)
	registered chan struct{}
	// others are the labels that the kubelet may not register with.
	others map[string]string
}

func newNodeStatus(k *kubelet) *nodeStatus {
	name := k.name()
	labels := map[string]string{
		corev1.LabelOSStable:   "linux",
		corev1.LabelArchStable: runtime.GOARCH,
		corev1.LabelHostname:   name,
	}
	own, others := k.ownLabels()
	maps.Copy(labels, own)
	return &nodeStatus{registered: make(chan struct{}), others: others, object: &corev1.Node{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: labels, Annotations: map[string]string{}},
		Spec:       corev1.NodeSpec{Taints: k.Taints},
		Status: corev1.NodeStatus{
			Addresses: []corev1.NodeAddress{
				{Type: corev1.NodeInternalIP, Address: k.Node.Address().String()},
				{Type: corev1.NodeHostName, Address: name},
			},
			Capacity:        capacity,
			Allocatable:     capacity,
			DaemonEndpoints: corev1.NodeDaemonEndpoints{KubeletEndpoint: corev1.DaemonEndpoint{Port: apiPort}},
			NodeInfo: corev1.NodeSystemInfo{
				KubeletVersion:          cmp.Or(k.Version, Version),
				KernelVersion:           kernel(),
				OperatingSystem:         "linux",
				Architecture:            runtime.GOARCH,
				OSImage:                 "Starbase virtual lab (simulated)",
				ContainerRuntimeVersion: "starbase://1",
			},
			Conditions: []corev1.NodeCondition{
				condition(corev1.NodeReady, corev1.ConditionFalse, "KubeletNotReady",
					"network not ready: the cilium pod on this node is not Ready yet"),
				condition(corev1.NodeMemoryPressure, corev1.ConditionFalse, "KubeletHasSufficientMemory", ""),
				condition(corev1.NodeDiskPressure, corev1.ConditionFalse, "KubeletHasNoDiskPressure", ""),
				condition(corev1.NodePIDPressure, corev1.ConditionFalse, "KubeletHasSufficientPID", ""),
			},
		},
	}}
}

// kernel is the release of the one kernel that all nodes share.
func kernel() string {
	var name unix.Utsname
	if err := unix.Uname(&name); err != nil {
		return "unknown"
	}
	return unix.ByteSliceToString(name.Release[:])
}

func condition(kind corev1.NodeConditionType, status corev1.ConditionStatus, reason, message string) corev1.NodeCondition {
	return corev1.NodeCondition{Type: kind, Status: status, Reason: reason, Message: message, LastTransitionTime: metav1.Now()}
}

// Ping is virtual-kubelet's question whether to renew the node's lease.
func (s *nodeStatus) Ping(ctx context.Context) error { return ctx.Err() }

// NotifyNodeStatus gives us the way to say that the node changed.
func (s *nodeStatus) NotifyNodeStatus(_ context.Context, notify func(*corev1.Node)) {
	s.notify = notify
	close(s.registered)
}

// ready reports the node Ready. It stays so when the cilium pod is replaced
// later: the network configuration a real agent leaves behind stays, too.
func (s *nodeStatus) ready() {
	<-s.registered
	changed := s.object.DeepCopy()
	changed.Status.Conditions[0] = condition(corev1.NodeReady, corev1.ConditionTrue, "KubeletReady", "kubelet is posting ready status")
	s.notify(changed)
}

// connectPods waits for the node's pod CIDR and gives it to the LAN, then
// waits for the cilium pod; then pods can have addresses, and the node is Ready.
func (k *kubelet) connectPods(ctx context.Context, status *nodeStatus) error {
	err := wait.PollUntilContextCancel(ctx, 200*time.Millisecond, true, func(ctx context.Context) (bool, error) {
		// An API server that doesn't answer, or a node that isn't registered
		// yet, is asked again.
		node, err := k.client.CoreV1().Nodes().Get(ctx, k.name(), metav1.GetOptions{})
		if err != nil || node.Spec.PodCIDR == "" {
			return false, nil
		}
		network, err := netip.ParsePrefix(node.Spec.PodCIDR)
		if err != nil {
			return false, err
		}
		return true, k.Node.SetPodCIDR(network)
	})
	if err != nil {
		return err
	}
	select {
	case <-ctx.Done():
		return nil
	case <-k.agentReady:
		close(k.network)
		status.ready()
		return nil
	}
}
