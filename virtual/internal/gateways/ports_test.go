package gateways

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	fakes "k8s.io/client-go/kubernetes/fake"
)

func TestAGatewayAtItsNodesIsReachedAtNodePorts(t *testing.T) {
	service := func(gateway string, kind corev1.ServiceType) *corev1.Service {
		return &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: "kube-system", Name: "cilium-gateway-" + gateway},
			Spec: corev1.ServiceSpec{Type: kind, Ports: []corev1.ServicePort{{Port: 443, NodePort: 30443}}}}
	}
	at := func(class, name string, plain, tls uint16) Gateway {
		return Gateway{Name: types.NamespacedName{Namespace: "kube-system", Name: name}, Class: class, Plain: plain, TLS: tls}
	}
	client := fakes.NewClientset(service("platform", corev1.ServiceTypeNodePort), service("announced", corev1.ServiceTypeLoadBalancer),
		service("hosts", corev1.ServiceTypeNodePort))
	state := State{Gateways: []Gateway{at("cilium-nodeport", "platform", 80, 443), at("cilium", "announced", 80, 443),
		at("cilium", "hosts", 80, 443), at("cilium", "new", 80, 443)}}
	if err := NodePorts(t.Context(), client, &state); err != nil {
		t.Fatal(err)
	}
	for i, want := range [][2]uint16{{0, 30443}, {80, 443}, {80, 443}, {80, 443}} {
		if got := state.Gateways[i]; got.Plain != want[0] || got.TLS != want[1] {
			t.Errorf("%s: got %d and %d, want %v", got.Name, got.Plain, got.TLS, want)
		}
	}
}
