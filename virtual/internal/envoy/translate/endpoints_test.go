package translate

import (
	"fmt"
	"testing"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
)

func slice(portName string, port int32, endpoints ...discovery.Endpoint) *discovery.EndpointSlice {
	return &discovery.EndpointSlice{Ports: []discovery.EndpointPort{{Name: &portName, Port: &port}}, Endpoints: endpoints}
}

func at(address string, ready, serving, terminating bool) discovery.Endpoint {
	return discovery.Endpoint{Addresses: []string{address}, Conditions: discovery.EndpointConditions{Ready: &ready, Serving: &serving, Terminating: &terminating}}
}

func TestBackendsAreTheReadyEndpointsOfThePortOrElseThoseThatStillServe(t *testing.T) {
	ready, starting, leaving := at("10.244.1.2", true, true, false), at("10.244.1.3", false, false, false), at("10.244.1.4", false, true, true)
	for _, c := range []struct {
		name   string
		slices []*discovery.EndpointSlice
		want   string
	}{
		{"ready ones only", []*discovery.EndpointSlice{slice("http", 8080, leaving, starting, ready)}, "[10.244.1.2:8080]"},
		{"none is ready", []*discovery.EndpointSlice{slice("http", 8080, leaving, starting)}, "[10.244.1.4:8080]"},
		{"another port's name", []*discovery.EndpointSlice{slice("admin", 8081, ready)}, "[]"},
		{"no condition known", []*discovery.EndpointSlice{slice("http", 8080, discovery.Endpoint{Addresses: []string{"10.244.1.9"}})}, "[10.244.1.9:8080]"},
		{"two slices, one address in both", []*discovery.EndpointSlice{slice("http", 8080, at("10.244.2.1", true, true, false), ready), slice("http", 8080, ready)}, "[10.244.1.2:8080 10.244.2.1:8080]"},
	} {
		if got := fmt.Sprint(Backends(c.slices, "http")); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestEndpointsAreFoundByTheServicesPortNumberOrName(t *testing.T) {
	name, shop := service("shop/shop", corev1.ServicePort{Name: "http", Port: 80}, corev1.ServicePort{Name: "admin", Port: 81})
	in := world(t)
	in.Services[name] = shop
	in.Slices[name] = []*discovery.EndpointSlice{slice("http", 8080, at("10.244.1.2", true, true, false)), slice("admin", 9090, at("10.244.1.2", true, true, false))}
	for asked, want := range map[string]string{
		"shop/shop:80": "[10.244.1.2:8080]", "shop/shop:admin": "[10.244.1.2:9090]", "shop/shop:82": "[]", "shop/other:80": "[]",
	} {
		got := "["
		for _, locality := range assignment(asked, in).Endpoints {
			for _, e := range locality.LbEndpoints {
				socket := e.GetEndpoint().Address.GetSocketAddress()
				got += fmt.Sprintf("%s:%d", socket.Address, socket.GetPortValue())
			}
		}
		if got += "]"; got != want {
			t.Errorf("%s: got %s, want %s", asked, got, want)
		}
	}
}

func TestFrontendsAreAllAddressesOfTheWantedPorts(t *testing.T) {
	_, s := service("gateway/g", corev1.ServicePort{Port: 80, NodePort: 30080}, corev1.ServicePort{Port: 443, NodePort: 30443}, corev1.ServicePort{Port: 443, Protocol: corev1.ProtocolUDP})
	s.Spec.ExternalIPs = []string{"192.168.1.50"}
	s.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: "192.168.1.102"}, {Hostname: "lb.example"}, {IP: "fd00::1"}}
	_, headless := service("gateway/h", corev1.ServicePort{Port: 80})
	headless.Spec.ClusterIPs = []string{"None"}
	for _, c := range []struct {
		name    string
		service *corev1.Service
		ports   []int32
		want    string
	}{
		{"one port", s, []int32{443}, "[10.96.0.7:443 192.168.1.21:30443 192.168.1.50:443 192.168.1.102:443]"},
		{"no port means all", s, nil, "[10.96.0.7:80 10.96.0.7:443 192.168.1.21:30080 192.168.1.21:30443 192.168.1.50:80 192.168.1.50:443 192.168.1.102:80 192.168.1.102:443]"},
		{"headless", headless, nil, "[]"},
	} {
		if got := fmt.Sprint(Frontends(c.service, c.ports, node)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
