package talos

import (
	"crypto/tls"
	stdx509 "crypto/x509"
	"encoding/json"
	"net"
	"net/http"
	"time"

	"github.com/siderolabs/crypto/x509"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// kubernetesAPI is as much of an API server as talosctl asks for.
type kubernetesAPI struct{ server *http.Server }

func (k *kubernetesAPI) stop() { k.server.Close() }

// serveKubernetes answers on the machine's port 6443 with a certificate of the cluster's CA: its nodes are itself.
func serveKubernetes(m Configured) (*kubernetesAPI, error) {
	c := m.Config.Cluster()
	ca, err := x509.NewCertificateAuthorityFromCertificateAndKey(c.IssuingCA())
	if err != nil {
		return nil, err
	}
	pair, err := x509.NewKeyPair(ca, x509.CommonName("kube-apiserver"), x509.IPAddresses([]net.IP{m.Node.Address().AsSlice()}),
		x509.NotAfter(time.Now().Add(time.Hour)), usage(stdx509.ExtKeyUsageServerAuth))
	if err != nil {
		return nil, err
	}
	clients := stdx509.NewCertPool()
	clients.AppendCertsFromPEM(c.IssuingCA().Crt)
	listener, err := m.Node.Namespace().Listen("tcp", ":6443")
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	answer := func(path string, what any) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(what)
		})
	}
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) })
	answer("/api/v1/nodes", corev1.NodeList{TypeMeta: metav1.TypeMeta{Kind: "NodeList", APIVersion: "v1"}, Items: []corev1.Node{nodeOf(m)}})
	answer("/api/v1/namespaces/kube-system/pods", podsOf(m))
	// What follows is the namespace and the empty inventory in which talosctl keeps what manifests it has applied.
	mux.HandleFunc("POST /api/v1/namespaces", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusConflict)
		_ = json.NewEncoder(w).Encode(metav1.Status{TypeMeta: metav1.TypeMeta{Kind: "Status", APIVersion: "v1"}, Status: metav1.StatusFailure,
			Reason: metav1.StatusReasonAlreadyExists, Code: http.StatusConflict})
	})
	answer("/api/v1/namespaces/{namespace}/configmaps/{name}", corev1.ConfigMap{TypeMeta: metav1.TypeMeta{Kind: "ConfigMap", APIVersion: "v1"},
		ObjectMeta: metav1.ObjectMeta{Name: "talos-bootstrap-manifests-inventory", Namespace: "kube-system"}})
	k := &kubernetesAPI{server: &http.Server{Handler: mux, TLSConfig: &tls.Config{
		Certificates: []tls.Certificate{*pair.Certificate}, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clients}}}
	go k.server.ServeTLS(listener, "", "")
	return k, nil
}

func nodeOf(m Configured) corev1.Node {
	n := corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: m.Hostname, Labels: map[string]string{"node-role.kubernetes.io/control-plane": ""}}}
	n.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: m.Node.Address().String()}}
	return n
}

// podsOf are the control plane's static pods, whose images tell the version.
func podsOf(m Configured) corev1.PodList {
	list := corev1.PodList{TypeMeta: metav1.TypeMeta{Kind: "PodList", APIVersion: "v1"}}
	for name, image := range map[string]string{"kube-apiserver": m.Config.Cluster().APIServer().Image(),
		"kube-controller-manager": m.Config.Cluster().ControllerManager().Image(), "kube-scheduler": m.Config.Cluster().Scheduler().Image()} {
		pod := corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: name + "-" + m.Hostname, Namespace: "kube-system", Labels: map[string]string{"k8s-app": name}}}
		pod.Spec.Containers = []corev1.Container{{Name: name, Image: image}}
		list.Items = append(list.Items, pod)
	}
	return list
}
