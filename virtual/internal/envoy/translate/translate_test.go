package translate

import (
	"fmt"
	"maps"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"sigs.k8s.io/yaml"
)

var node = netip.MustParseAddr("192.168.1.21")

func captured(t *testing.T, name string, change ...string) *unstructured.Unstructured {
	t.Helper()
	content, err := os.ReadFile("testdata/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	object := &unstructured.Unstructured{}
	if err := yaml.Unmarshal([]byte(strings.NewReplacer(change...).Replace(string(content))), &object.Object); err != nil {
		t.Fatal(err)
	}
	return object
}

func parsed(t *testing.T, name string) Config {
	t.Helper()
	config, err := Parse(captured(t, name))
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func service(name string, ports ...corev1.ServicePort) (types.NamespacedName, *corev1.Service) {
	namespace, name, _ := strings.Cut(name, "/")
	return types.NamespacedName{Namespace: namespace, Name: name},
		&corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name}, Spec: corev1.ServiceSpec{ClusterIPs: []string{"10.96.0.7"}, Ports: ports}}
}

// world has the Gateways' own Services and the secrets that the captured configurations name.
func world(t *testing.T, configs ...Config) Cluster {
	t.Helper()
	in := Cluster{Configs: configs, Node: node, Services: map[types.NamespacedName]*corev1.Service{},
		Slices: map[types.NamespacedName][]*discovery.EndpointSlice{}, Secrets: map[string]*corev1.Secret{}}
	name, external := service("gateway/cilium-gateway-gateway-external", corev1.ServicePort{Port: 80}, corev1.ServicePort{Port: 443})
	external.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: "192.168.1.102"}}
	in.Services[name] = external
	name, idp := service("kube-system/cilium-gateway-idp-gateway", corev1.ServicePort{Port: 443, NodePort: 30443}, corev1.ServicePort{Port: 8443, NodePort: 30444})
	idp.Spec.ClusterIPs = []string{"10.96.0.8"}
	in.Services[name] = idp
	for _, config := range configs {
		for _, l := range config.Listeners {
			for _, secret := range references(l).secrets {
				in.Secrets[secret] = &corev1.Secret{Data: map[string][]byte{"tls.crt": []byte("C"), "tls.key": []byte("K")}}
			}
		}
	}
	return in
}

func names[R any](resources map[string]R) string {
	return strings.Join(slices.Sorted(maps.Keys(resources)), "\n")
}

func equal(t *testing.T, what, got, want string) {
	t.Helper()
	if want = strings.ReplaceAll(strings.TrimSpace(want), "\t", ""); got != want {
		t.Errorf("%s:\n%s\nwant\n%s", what, got, want)
	}
}

func TestAGatewayListensAtEachAddressOfItsServiceWithWhatItsListenersName(t *testing.T) {
	out, problems := Translate(world(t, parsed(t, "gateway-external")))
	equal(t, "listeners", names(out.Listeners), `
		gateway/cilium-gateway-gateway-external/listener@10.96.0.7:443
		gateway/cilium-gateway-gateway-external/listener@10.96.0.7:80
		gateway/cilium-gateway-gateway-external/listener@192.168.1.102:443
		gateway/cilium-gateway-gateway-external/listener@192.168.1.102:80`)
	equal(t, "routes", names(out.Routes), `
		gateway/cilium-gateway-gateway-external/listener-insecure
		gateway/cilium-gateway-gateway-external/listener-secure`)
	equal(t, "clusters", names(out.Clusters), `
		gateway/cilium-gateway-gateway-external/app-x:app-svc:8080
		gateway/cilium-gateway-gateway-external/homepage:homepage:3000`)
	equal(t, "endpoints", names(out.Endpoints), "app-x/app-svc:8080\nhomepage/homepage:3000")
	equal(t, "secrets", names(out.Secrets), "cilium-secrets/cilium-sync-secret-45ceb7c7473e96b194ad287da15ba7780242807b4d6e4f3efbc953d5f2a31d36")
	equal(t, "problems", strings.Join(problems, "\n"), "")
}

func TestEachPortOfANodePortGatewayLeadsToItsOwnListener(t *testing.T) {
	out, _ := Translate(world(t, parsed(t, "idp-gateway")))
	equal(t, "listeners", names(out.Listeners), `
		kube-system/cilium-gateway-idp-gateway/listener-443@10.96.0.8:443
		kube-system/cilium-gateway-idp-gateway/listener-443@192.168.1.21:30443
		kube-system/cilium-gateway-idp-gateway/listener@10.96.0.8:8443
		kube-system/cilium-gateway-idp-gateway/listener@192.168.1.21:30444`)
	// The operator writes a listener-insecure too, which no listener names: it is not sent.
	equal(t, "routes", names(out.Routes), "kube-system/cilium-gateway-idp-gateway/listener-443")
}

func TestRoutesAndFiltersNameClustersAsEnvoyKnowsThem(t *testing.T) {
	config := parsed(t, "idp-gateway")
	var targets []string
	for _, host := range config.Routes["kube-system/cilium-gateway-idp-gateway/listener-443"].VirtualHosts {
		for _, rule := range host.Routes {
			if single := rule.GetRoute().GetCluster(); single != "" {
				targets = append(targets, single)
			}
			for _, weighted := range rule.GetRoute().GetWeightedClusters().GetClusters() {
				targets = append(targets, fmt.Sprintf("%s %d", weighted.Name, weighted.Weight.Value))
			}
		}
	}
	equal(t, "targets", strings.Join(targets, "\n"), `
		kube-system/cilium-gateway-idp-gateway/shop:orders:9090
		kube-system/cilium-gateway-idp-gateway/shop:shop:8080
		kube-system/cilium-gateway-idp-gateway/shop:shop-canary:8080
		kube-system/cilium-gateway-idp-gateway/shop:shop:8080 80
		kube-system/cilium-gateway-idp-gateway/shop:shop-canary:8080 20`)
	passthrough := config.Listeners["kube-system/cilium-gateway-idp-gateway/listener"].String()
	if !strings.Contains(passthrough, `cluster:"kube-system/cilium-gateway-idp-gateway/shop:vault:8200"`) {
		t.Errorf("got %s", passthrough)
	}
}

func TestFiltersOfCiliumsOwnEnvoyAreLeftOut(t *testing.T) {
	with := captured(t, "gateway-internal",
		"\n      filters:\n", "\n      filters:\n      - {name: cilium.network, typedConfig: {'@type': type.googleapis.com/cilium.NetworkFilter}}\n",
		"    listenerFilters:\n", "    listenerFilters:\n    - {name: cilium.bpf_metadata, typedConfig: {'@type': type.googleapis.com/cilium.BpfMetadata, is_l7lb: true}}\n",
		"          httpFilters:\n", "          httpFilters:\n          - {name: cilium.l7policy, typedConfig: {'@type': type.googleapis.com/cilium.L7Policy}}\n")
	content, err := yaml.Marshal(with.Object)
	if err != nil || strings.Count(string(content), "googleapis.com/cilium.") < 4 {
		t.Fatalf("the test adds no filters: %v\n%s", err, content)
	}
	got, err := Parse(with)
	if err != nil {
		t.Fatal(err)
	}
	want := parsed(t, "gateway-internal")
	for name, l := range want.Listeners {
		if got.Listeners[name].String() != l.String() {
			t.Errorf("got %s\nwant %s", got.Listeners[name], l)
		}
	}
}

func TestWhatCantBeServedIsSaid(t *testing.T) {
	first, second := parsed(t, "gateway-external"), parsed(t, "gateway-internal")
	second.Redirects[0].Service.Name = "cilium-gateway-gateway-external"
	in := world(t, first, second)
	in.Secrets = nil
	out, problems := Translate(in)
	if len(out.Listeners) != 4 {
		t.Errorf("got %v", names(out.Listeners))
	}
	equal(t, "problems", strings.Join(problems, "\n"), `
		gateway/cilium-gateway-gateway-external/listener@10.96.0.7:443 wants the secret cilium-secrets/cilium-sync-secret-45ceb7c7473e96b194ad287da15ba7780242807b4d6e4f3efbc953d5f2a31d36, which doesn't exist (yet)
		gateway/cilium-gateway-gateway-external/listener@10.96.0.7:80 wants the secret cilium-secrets/cilium-sync-secret-45ceb7c7473e96b194ad287da15ba7780242807b4d6e4f3efbc953d5f2a31d36, which doesn't exist (yet)
		gateway/cilium-gateway-gateway-external/listener@192.168.1.102:443 wants the secret cilium-secrets/cilium-sync-secret-45ceb7c7473e96b194ad287da15ba7780242807b4d6e4f3efbc953d5f2a31d36, which doesn't exist (yet)
		gateway/cilium-gateway-gateway-external/listener@192.168.1.102:80 wants the secret cilium-secrets/cilium-sync-secret-45ceb7c7473e96b194ad287da15ba7780242807b4d6e4f3efbc953d5f2a31d36, which doesn't exist (yet)
		gateway/cilium-gateway-gateway-internal can't listen at 10.96.0.7:443: gateway/cilium-gateway-gateway-external does already
		gateway/cilium-gateway-gateway-internal can't listen at 10.96.0.7:80: gateway/cilium-gateway-gateway-external does already
		gateway/cilium-gateway-gateway-internal can't listen at 192.168.1.102:443: gateway/cilium-gateway-gateway-external does already
		gateway/cilium-gateway-gateway-internal can't listen at 192.168.1.102:80: gateway/cilium-gateway-gateway-external does already`)
}

func TestAnUnknownTypeIsRefusedByNameOfObjectAndResource(t *testing.T) {
	_, err := Parse(captured(t, "gateway-internal", "envoy.config.cluster.v3.Cluster", "envoy.config.cluster.v9.Cluster"))
	want := "CiliumEnvoyConfig gateway/cilium-gateway-gateway-internal: spec.resources[3] (type.googleapis.com/envoy.config.cluster.v9.Cluster argocd:argocd-svc:80): not understood: "
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("got  %v\nwant %s...", err, want)
	}
}
