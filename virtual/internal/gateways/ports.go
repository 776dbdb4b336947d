package gateways

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// hostNetwork is Cilium's own class. A Gateway of it whose Service has node ports is on the hosts' network, where
// clients use the listeners' ports all the same.
const hostNetwork = "cilium"

// NodePorts puts node ports in place of listeners' ports where clients reach a Gateway at its nodes: by the Service that
// Cilium makes for it.
func NodePorts(ctx context.Context, client kubernetes.Interface, s *State) error {
	for i := range s.Gateways {
		gateway := &s.Gateways[i]
		service, err := client.CoreV1().Services(gateway.Name.Namespace).Get(ctx, "cilium-gateway-"+gateway.Name.Name, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("the Service of Gateway %s: %w", gateway.Name, err)
		}
		if service.Spec.Type == corev1.ServiceTypeNodePort && gateway.Class != hostNetwork {
			gateway.Plain, gateway.TLS = nodePort(service, gateway.Plain), nodePort(service, gateway.TLS)
		}
	}
	return nil
}

// nodePort is 0 for a port that the Service does not have.
func nodePort(service *corev1.Service, port uint16) uint16 {
	for _, p := range service.Spec.Ports {
		if p.Port == int32(port) {
			return uint16(p.NodePort)
		}
	}
	return 0
}
