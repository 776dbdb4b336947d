package services

import (
	"net/netip"
	"reflect"
	"testing"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func at(text string) netip.AddrPort { return netip.MustParseAddrPort(text) }

func service(name, address string, ports ...corev1.ServicePort) *corev1.Service {
	return &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: "lab", Name: name},
		Spec: corev1.ServiceSpec{ClusterIPs: []string{address}, Ports: ports}}
}

func endpoint(address string, ready *bool) discoveryv1.Endpoint {
	return discoveryv1.Endpoint{Addresses: []string{address}, Conditions: discoveryv1.EndpointConditions{Ready: ready}}
}

func slice(namespace, service, portName string, port int32, endpoints ...discoveryv1.Endpoint) *discoveryv1.EndpointSlice {
	return &discoveryv1.EndpointSlice{
		ObjectMeta:  metav1.ObjectMeta{Namespace: namespace, Labels: map[string]string{discoveryv1.LabelServiceName: service}},
		AddressType: discoveryv1.AddressTypeIPv4,
		Ports:       []discoveryv1.EndpointPort{{Name: &portName, Port: &port}},
		Endpoints:   endpoints,
	}
}

func TestOnlyReadyEndpointsOfThePortsOwnNameAreBackends(t *testing.T) {
	yes, no := true, false
	p := planFor(netip.MustParseAddr("192.168.1.21"),
		[]*corev1.Service{
			service("web", "10.96.0.10",
				corev1.ServicePort{Name: "http", Port: 80, NodePort: 30080},
				corev1.ServicePort{Name: "admin", Port: 81},
				corev1.ServicePort{Name: "dns", Port: 53, Protocol: corev1.ProtocolUDP}),
			service("headless", "None", corev1.ServicePort{Name: "http", Port: 80}),
		},
		[]*discoveryv1.EndpointSlice{
			slice("lab", "web", "http", 8080, endpoint("10.244.2.2", &yes), endpoint("10.244.1.2", nil), endpoint("10.244.1.3", &no)),
			slice("lab", "web", "http", 9090, endpoint("10.244.1.9", &yes)),
			slice("lab", "web", "admin", 8081, endpoint("10.244.1.3", &no)),
			slice("lab", "web", "dns", 53, endpoint("10.244.1.2", &yes)),
			slice("lab", "headless", "http", 8080, endpoint("10.244.1.2", &yes)),
			slice("other", "web", "http", 8080, endpoint("10.244.9.9", &yes)),
		}, nil)
	backends := []netip.AddrPort{at("10.244.1.2:8080"), at("10.244.1.9:9090"), at("10.244.2.2:8080")}
	want := plan{
		addresses: []netip.Addr{netip.MustParseAddr("10.96.0.10")},
		frontends: map[netip.AddrPort][]netip.AddrPort{at("10.96.0.10:80"): backends, at("192.168.1.21:30080"): backends},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got  %v\nwant %v", p, want)
	}
}

func TestLoadBalancerAddressesAreThoseThatTheNodeIsToldToAnswerFor(t *testing.T) {
	yes := true
	p := planFor(netip.MustParseAddr("192.168.1.21"),
		[]*corev1.Service{service("web", "10.96.0.10", corev1.ServicePort{Port: 8080})},
		[]*discoveryv1.EndpointSlice{slice("lab", "web", "", 80, endpoint("10.244.2.2", &yes))},
		func(s *corev1.Service) []netip.Addr { return []netip.Addr{netip.MustParseAddr("192.168.1.103")} })
	if got := p.frontends[at("192.168.1.103:8080")]; !reflect.DeepEqual(got, []netip.AddrPort{at("10.244.2.2:80")}) {
		t.Errorf("got %v", got)
	}
}

func TestAGatewaysPlaceholderIsNoBackendAndItsAddressesAreTheNodesAllTheSame(t *testing.T) {
	yes := true
	gateway := service("cilium-gateway-web", "10.96.0.11", corev1.ServicePort{Port: 443, NodePort: 30443})
	gateway.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: "192.168.1.101"}, {Hostname: "lb.example"}}
	p := planFor(netip.MustParseAddr("192.168.1.21"), []*corev1.Service{gateway},
		[]*discoveryv1.EndpointSlice{slice("lab", "cilium-gateway-web", "", 9999, endpoint("192.192.192.192", &yes))}, Given)
	want := plan{addresses: []netip.Addr{netip.MustParseAddr("10.96.0.11"), netip.MustParseAddr("192.168.1.101")},
		frontends: map[netip.AddrPort][]netip.AddrPort{}}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got  %v\nwant %v", p, want)
	}
}
