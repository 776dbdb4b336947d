package gateways

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic/fake"
	fakes "k8s.io/client-go/kubernetes/fake"
	"sigs.k8s.io/yaml"
)

const cluster = `
kind: Gateway
metadata: {name: external, namespace: gateway}
spec:
  gatewayClassName: cilium
  addresses: [{value: 192.168.1.100}]
  listeners:
  - {name: http, port: 80, protocol: HTTP, hostname: "*.starbasestudio.uk"}
  - {name: https, port: 443, protocol: HTTPS, hostname: "*.starbasestudio.uk", tls: {certificateRefs: [{name: cert-starbase}]}}
  - {name: any, port: 8443, protocol: HTTPS, tls: {certificateRefs: [{name: other, namespace: certs}]}}
status:
  addresses: [{type: IPAddress, value: 192.168.1.102}, {type: Hostname, value: lb.example.org}]
---
kind: HTTPRoute
metadata: {name: home, namespace: homepage}
spec:
  hostnames: [home.starbasestudio.uk, homepage.starbasestudio.uk]
status:
  parents:
  - {controllerName: c, parentRef: {name: external, namespace: gateway, sectionName: http}, conditions: [{type: Accepted, status: "True"}]}
  - {controllerName: c, parentRef: {name: external, namespace: gateway, sectionName: https}, conditions: [{type: Accepted, status: "True"}]}
  - {controllerName: c, parentRef: {name: near}, conditions: [{type: Accepted, status: "True"}]}
  - {controllerName: c, parentRef: {name: refusing}, conditions: [{type: Accepted, status: "False"}]}
  - {controllerName: c, parentRef: {name: svc, kind: Service, group: ""}, conditions: [{type: Accepted, status: "True"}]}
---
kind: GRPCRoute
metadata: {name: rpc, namespace: apps}
spec:
  hostnames: [rpc.starbasestudio.uk]
`

func TestAClusterIsReadAsItsClientsSeeIt(t *testing.T) {
	client := fake.NewSimpleDynamicClientWithCustomListKinds(runtime.NewScheme(), map[schema.GroupVersionResource]string{
		kind("gateways"): "GatewayList", kind("httproutes"): "HTTPRouteList", kind("grpcroutes"): "GRPCRouteList"})
	for _, text := range strings.Split(cluster, "---\n") {
		object := &unstructured.Unstructured{}
		if err := yaml.Unmarshal([]byte(text), &object.Object); err != nil {
			t.Fatal(err)
		}
		object.SetAPIVersion("gateway.networking.k8s.io/v1")
		in := client.Resource(kind(strings.ToLower(object.GetKind()) + "s")).Namespace(object.GetNamespace())
		if _, err := in.Create(t.Context(), object, metav1.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Read(t.Context(), client)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got.Routes, func(a, b Route) int { return len(b.Hostnames) - len(a.Hostnames) })
	external := types.NamespacedName{Namespace: "gateway", Name: "external"}
	want := State{
		Gateways: []Gateway{{Name: external, Addresses: []netip.Addr{netip.MustParseAddr("192.168.1.102")},
			Hostnames:    []string{"*.starbasestudio.uk"},
			Certificates: []types.NamespacedName{{Namespace: "gateway", Name: "cert-starbase"}, {Namespace: "certs", Name: "other"}}}},
		Routes: []Route{
			{Hostnames: []string{"home.starbasestudio.uk", "homepage.starbasestudio.uk"},
				Gateways: []types.NamespacedName{external, {Namespace: "homepage", Name: "near"}}},
			{Hostnames: []string{"rpc.starbasestudio.uk"}},
		},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestOnlyTheServersOwnCertificateOfEachSecretIsHandedOut(t *testing.T) {
	const leaf, chain = "-----BEGIN CERTIFICATE-----\nbGVhZg==\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\naXNzdWVy\n-----END CERTIFICATE-----\n"
	client := fakes.NewClientset(&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Namespace: "gateway", Name: "issued"},
		Data: map[string][]byte{corev1.TLSCertKey: []byte(leaf + chain)}})
	got, err := Certificates(t.Context(), client, State{Gateways: []Gateway{{Certificates: []types.NamespacedName{
		{Namespace: "gateway", Name: "issued"}, {Namespace: "gateway", Name: "not-yet"}}}}})
	if err != nil || string(got) != leaf {
		t.Errorf("got %q, %v", got, err)
	}
}
