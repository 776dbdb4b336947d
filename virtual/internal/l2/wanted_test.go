package l2

import (
	"fmt"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"
)

func policy(t *testing.T, spec string) (Policy, error) {
	t.Helper()
	object := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte("metadata: {name: lan}\nspec: "+spec), &object.Object); err != nil {
		t.Fatal(err)
	}
	return ParsePolicy(object)
}

// web has a load balancer's address and one that the user gave it.
func web(change func(*corev1.Service)) *corev1.Service {
	s := &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Name: "web", Labels: map[string]string{"public": "yes"}}}
	s.Spec.ExternalIPs = []string{"192.168.1.50"}
	s.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: "192.168.1.101"}}
	if change != nil {
		change(s)
	}
	return s
}

func TestANodeStandsForTheServicesThatAPolicySelectsForIt(t *testing.T) {
	class := func(name string) func(*corev1.Service) {
		return func(s *corev1.Service) { s.Spec.LoadBalancerClass = &name }
	}
	for _, c := range []struct {
		name, spec string
		change     func(*corev1.Service)
		want       string
	}{
		{"load balancer addresses on matching interfaces", "{loadBalancerIPs: true, interfaces: [^eth, ^wlan]}", nil, "[{eth0 192.168.1.101} {wlan0 192.168.1.101}]"},
		{"no interface means all", "{loadBalancerIPs: true}", nil, "[{enp1s0 192.168.1.101} {eth0 192.168.1.101} {wlan0 192.168.1.101}]"},
		{"external addresses", "{externalIPs: true, interfaces: [^eth]}", nil, "[{eth0 192.168.1.50}]"},
		{"both", "{externalIPs: true, loadBalancerIPs: true, interfaces: [^eth]}", nil, "[{eth0 192.168.1.50} {eth0 192.168.1.101}]"},
		{"neither", "{interfaces: [^eth]}", nil, "[]"},
		{"no interface matches", "{loadBalancerIPs: true, interfaces: [^bond]}", nil, "[]"},
		{"another node", "{loadBalancerIPs: true, nodeSelector: {matchLabels: {zone: b}}}", nil, "[]"},
		{"this node", "{loadBalancerIPs: true, interfaces: [^eth], nodeSelector: {matchLabels: {zone: a}}}", nil, "[{eth0 192.168.1.101}]"},
		{"by the Service's label", "{loadBalancerIPs: true, interfaces: [^eth], serviceSelector: {matchLabels: {public: 'yes'}}}", nil, "[{eth0 192.168.1.101}]"},
		{"by the Service's name", "{loadBalancerIPs: true, interfaces: [^eth], serviceSelector: {matchLabels: {io.kubernetes.service.name: other}}}", nil, "[]"},
		{"Cilium's class", "{loadBalancerIPs: true, interfaces: [^eth]}", class("io.cilium/l2-announcer"), "[{eth0 192.168.1.101}]"},
		{"another's class", "{loadBalancerIPs: true, interfaces: [^eth]}", class("example.com/lb"), "[]"},
	} {
		p, err := policy(t, c.spec)
		if err != nil {
			t.Fatal(err)
		}
		node := Node{Name: "w1", Labels: map[string]string{"zone": "a"}, Interfaces: []string{"enp1s0", "eth0", "wlan0"}}
		service := web(c.change)
		for name, places := range Wanted(node, []Policy{p}, []*corev1.Service{service}, nil) {
			if name.String() != "shop/web" {
				t.Errorf("%s: got %s", c.name, name)
			}
			if got := fmt.Sprint(places); got != c.want {
				t.Errorf("%s: got %s, want %s", c.name, got, c.want)
			}
			c.want = "[]"
		}
		if c.want != "[]" {
			t.Errorf("%s: nothing is announced, want %s", c.name, c.want)
		}
	}
}

func TestAServiceOfLocalBackendsIsAnnouncedOnlyWhereOneIsReady(t *testing.T) {
	p, err := policy(t, "{loadBalancerIPs: true}")
	if err != nil {
		t.Fatal(err)
	}
	service := web(func(s *corev1.Service) { s.Spec.ExternalTrafficPolicy = corev1.ServiceExternalTrafficPolicyLocal })
	on, ready := "w2", true
	slice := &discovery.EndpointSlice{ObjectMeta: metav1.ObjectMeta{Namespace: "shop", Labels: map[string]string{discovery.LabelServiceName: "web"}},
		Endpoints: []discovery.Endpoint{{NodeName: &on, Conditions: discovery.EndpointConditions{Ready: &ready}}}}
	for node, want := range map[string]int{"w1": 0, "w2": 1} {
		got := Wanted(Node{Name: node, Interfaces: []string{"eth0"}}, []Policy{p}, []*corev1.Service{service}, []*discovery.EndpointSlice{slice})
		if len(got) != want {
			t.Errorf("%s: got %v, want %d", node, got, want)
		}
	}
}

func TestABadPolicyIsRefusedByNameAndField(t *testing.T) {
	for spec, want := range map[string]string{
		"{interfaces: [^eth, '(']}":                                      "CiliumL2AnnouncementPolicy lan: spec.interfaces[1]: error parsing regexp: missing closing ): `(`",
		"{nodeSelector: {matchExpressions: [{key: a, operator: Near}]}}": `CiliumL2AnnouncementPolicy lan: spec.nodeSelector: "Near" is not a valid label selector operator`,
	} {
		if _, err := policy(t, spec); err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestTimesThatCantKeepALeaseAreRefused(t *testing.T) {
	for want, timing := range map[string]Timing{
		"": {15 * time.Second, 5 * time.Second, 2 * time.Second},
		"must be longer than l2-announcements-renew-deadline":         {5 * time.Second, 5 * time.Second, 2 * time.Second},
		"must be longer than 1.2 times l2-announcements-retry-period": {15 * time.Second, 2 * time.Second, 2 * time.Second},
	} {
		err := timing.Check()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
