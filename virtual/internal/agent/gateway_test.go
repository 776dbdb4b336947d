package agent

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"starbase.example/virtual/internal/clustertest"
)

const (
	internal = "192.168.1.101"
	external = "192.168.1.102"
	app      = "192.168.1.103"
)

// TestGateways runs against the real API server, Cilium operator and Envoy. It does not prove that policies are
// enforced, nor anything about kubelets: backends are served by the test, and EndpointSlices written by it.
func TestGateways(t *testing.T) {
	s := start(t)
	stopAgent, _ := s.agents(t, "w1")
	s.agents(t, "w2")
	trusts := s.roots["cert-starbase"]

	t.Run("The captured configurations are what the operator writes", s.captured)

	t.Run("Each host is answered by its own backend, which sees the client's address", func(t *testing.T) {
		for _, c := range []struct{ host, address, secret, pod string }{
			{"home.starbasestudio.uk", external, "cert-starbase", "homepage-1"},
			{"homepage.starbasestudio.uk", external, "cert-starbase", "homepage-1"},
			{"argocd.starbasestudio.uk", internal, "argocd-tls-secret", "argocd-1"},
		} {
			s.eventually(t, "https://"+c.host+"/", c.address+":443", s.roots[c.secret], 200,
				fmt.Sprintf("pod: %s\nhost: %s\nforwarded for: 192.168.1.1\n", c.pod, c.host))
		}
	})
	t.Run("Plain HTTP is sent to HTTPS", func(t *testing.T) {
		response, _, err := s.get("http://home.starbasestudio.uk/x?y=1", external+":80", nil)
		if err != nil || response.StatusCode != 301 || response.Header.Get("Location") != "https://home.starbasestudio.uk:443/x?y=1" {
			t.Errorf("got %v, %v", response, err)
		}
	})
	t.Run("A host without a route is not found", func(t *testing.T) {
		response, _, err := s.get("https://nosuch.starbasestudio.uk/", external+":443", trusts)
		if err != nil || response.StatusCode != 404 {
			t.Errorf("got %v, %v", response, err)
		}
	})
	t.Run("A host of the other Gateway is not served", func(t *testing.T) {
		response, body, err := s.get("https://argocd.starbasestudio.uk/", external+":443", trusts)
		if err != nil || response.StatusCode != 404 {
			t.Errorf("got %v %q, %v", response, body, err)
		}
	})
	t.Run("A host without a listener gets no handshake", func(t *testing.T) {
		_, _, err := s.get("https://other.example/", external+":443", trusts)
		if !errors.Is(err, io.EOF) && (err == nil || !strings.Contains(err.Error(), "connection reset")) {
			t.Errorf("got %v, want the connection to be closed during the handshake", err)
		}
	})
	t.Run("Both pods of a Service are asked", func(t *testing.T) {
		seen := s.pods(t, 20, "https://app.starbasestudio.uk/", external+":443", "cert-starbase")
		if seen["app-1"] == 0 || seen["app-2"] == 0 || seen["app-1"]+seen["app-2"] != 20 {
			t.Errorf("got %v", seen)
		}
	})
	t.Run("A NodePort Gateway splits by weight at any node, and a header reaches the canary", func(t *testing.T) {
		port := s.nodePort(t, "kube-system", "cilium-gateway-idp-gateway", 443)
		for _, node := range []string{"192.168.1.21", "192.168.1.22"} {
			at := fmt.Sprintf("%s:%d", node, port)
			s.eventually(t, "https://shop.192-168-1-21.nip.io/", at, s.roots["idp-tls"], 200, "pod: ")
			_, body, err := s.get("https://shop.192-168-1-21.nip.io/", at, s.roots["idp-tls"], func(r *http.Request) { r.Header.Set("x-canary", "true") })
			if err != nil || !strings.HasPrefix(body, "pod: canary-1\n") {
				t.Errorf("got %q, %v", body, err)
			}
		}
		const all = 500
		seen := s.pods(t, all, "https://shop.192-168-1-21.nip.io/", fmt.Sprintf("192.168.1.22:%d", port), "idp-tls")
		// Five standard deviations of 500 draws at 80 to 20 are 45.
		if got := seen["shop-1"]; got < 400-45 || got > 400+45 || seen["canary-1"] != all-got {
			t.Errorf("got %v, want about 400 to 100", seen)
		}
	})
	t.Run("A LoadBalancer Service of its own address leads to both pods", func(t *testing.T) {
		s.Apply(t, `
apiVersion: v1
kind: Service
metadata: {name: app-svc, namespace: app-x, annotations: {lbipam.cilium.io/ips: 192.168.1.103}}
spec: {type: LoadBalancer, ports: [{port: 8080, targetPort: 8080}]}
`)
		s.eventually(t, "http://app/", app+":8080", nil, 200, "pod: app-")
		seen := s.pods(t, 10, "http://app/", app+":8080", "")
		if seen["app-1"] != 5 || seen["app-2"] != 5 {
			t.Errorf("got %v, want 5 each in turn", seen)
		}
	})
	t.Run("Changed routes, renewed certificates and other endpoints lose no request", func(t *testing.T) {
		s.Service(t, "homepage", "homepage-next", 3000, 3000, s.Serve(t, "w1", "homepage-2", 3000))
		home := s.load("https://home.starbasestudio.uk/", external+":443", trusts)
		steady := s.load("https://argocd.starbasestudio.uk/", internal+":443", s.roots["argocd-tls-secret"])
		route := `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: homepage, namespace: homepage}
spec:
  parentRefs: [{name: gateway-external, namespace: gateway, sectionName: https}]
  hostnames: [home.starbasestudio.uk, homepage.starbasestudio.uk]
  rules: [{backendRefs: [{name: %s, port: 3000}]}]
`
		for _, c := range []struct{ service, pod string }{{"homepage-next", "homepage-2"}, {"homepage", "homepage-1"}, {"homepage-next", "homepage-2"}} {
			s.Apply(t, fmt.Sprintf(route, c.service))
			s.eventually(t, "https://home.starbasestudio.uk/", external+":443", trusts, 200, "pod: "+c.pod+"\n")
		}
		s.Apply(t, strings.Replace(fmt.Sprintf(route, "homepage-next"), "homepage.starbasestudio.uk", "start.starbasestudio.uk", 1))
		s.eventually(t, "https://start.starbasestudio.uk/", external+":443", trusts, 200, "pod: homepage-2\n")
		s.Service(t, "homepage", "homepage-next", 3000, 3000, s.Serve(t, "w2", "homepage-3", 3000))
		s.eventually(t, "https://home.starbasestudio.uk/", external+":443", trusts, 200, "pod: homepage-3\n")
		home.stop(t)
		renewed := s.Certificate(t, "gateway", "cert-starbase", "*.starbasestudio.uk", "starbasestudio.uk")
		s.eventually(t, "https://home.starbasestudio.uk/", external+":443", renewed, 200, "pod: homepage-3\n")
		s.roots["cert-starbase"] = renewed
		steady.stop(t)
	})
	t.Run("A new agent takes over its node's running Envoy without losing a request", func(sub *testing.T) {
		at := fmt.Sprintf("192.168.1.21:%d", s.nodePort(sub, "kube-system", "cilium-gateway-idp-gateway", 443))
		shop := s.load("https://shop.192-168-1-21.nip.io/", at, s.roots["idp-tls"])
		stopAgent()
		s.agent(t, "w1")
		s.Service(sub, "shop", "shop", 8080, 8080, s.Serve(t, "w2", "shop-2", 8080))
		s.Service(sub, "shop", "shop-canary", 8080, 8080, s.Serve(t, "w2", "canary-2", 8080))
		clustertest.Eventually(sub, 5*time.Second, "only the new pods answer", func() (bool, string) {
			seen := s.pods(sub, 20, "https://shop.192-168-1-21.nip.io/", at, "idp-tls")
			return seen["shop-1"] == 0 && seen["canary-1"] == 0, fmt.Sprint(seen)
		})
		shop.stop(sub)
	})
	t.Run("One node answers for each address", func(t *testing.T) {
		for lease, address := range map[string]string{"gateway-cilium-gateway-gateway-internal": internal,
			"gateway-cilium-gateway-gateway-external": external, "app-x-app-svc": app} {
			holder := s.holder(t, lease)
			if got := s.whoHas(t, address); len(got) != 1 || got[0] != hardware(s.Nodes[holder]) {
				t.Errorf("%s is answered for by %v, want %s, %s", address, got, holder, hardware(s.Nodes[holder]))
			}
		}
	})
	t.Run("Another node takes over when the announcing one dies", func(t *testing.T) {
		dying := s.holder(t, "gateway-cilium-gateway-gateway-external")
		other := map[string]string{"w1": "w2", "w2": "w1"}[dying]
		s.Service(t, "homepage", "homepage-next", 3000, 3000, s.Serve(t, other, "homepage-4", 3000))
		s.eventually(t, "https://home.starbasestudio.uk/", external+":443", s.roots["cert-starbase"], 200, "pod: homepage-4\n")
		s.dead = dying
		if err := s.LAN.RemoveNode(dying); err != nil {
			t.Fatal(err)
		}
		died := time.Now()
		s.eventually(t, "https://home.starbasestudio.uk/", external+":443", s.roots["cert-starbase"], 200, "pod: homepage-4\n")
		// The other agent looks at the lease every 2 to 4.4 s (client-go's jitter), so it may see the last renewal that much
		// later; 15 s after it saw it the lease is over, and the next look takes it.
		if took := time.Since(died); took > 25*time.Second {
			t.Errorf("it took %s", took)
		} else {
			t.Logf("%s was taken over by %s after %s", external, other, took.Round(time.Millisecond))
		}
		if got := s.holder(t, "gateway-cilium-gateway-gateway-external"); got != other {
			t.Errorf("the lease is held by %s", got)
		}
	})
}
