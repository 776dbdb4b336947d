package kubelet

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/scheme"

	"starbase.example/virtual/internal/sandbox/podlog"
)

// apiPort is the kubelet's port, known to everybody.
const apiPort = 10250

// listen opens the kubelet's API on the node's address. Only the API server
// may use it: a client certificate of the cluster's CA is asked for.
func (k *kubelet) listen() (net.Listener, error) {
	listener, err := k.Node.Namespace().Listen("tcp", net.JoinHostPort(k.Node.Address().String(), strconv.Itoa(apiPort)))
	if err != nil {
		return nil, err
	}
	return tls.NewListener(listener, &tls.Config{
		Certificates: []tls.Certificate{k.Certificate},
		ClientCAs:    k.ClientCA,
		ClientAuth:   tls.RequireAndVerifyClientCert,
		MinVersion:   tls.VersionTLS12,
	}), nil
}

// api answers kubectl logs, and says of all else that it isn't there.
// virtual-kubelet's own handlers don't compile with client-go 0.36.
func (k *kubelet) api() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /containerLogs/{namespace}/{pod}/{container}", k.logs)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "the virtual lab's kubelet can show logs, but not exec, attach or forward ports", http.StatusNotImplemented)
	})
	return mux
}

func (k *kubelet) logs(w http.ResponseWriter, r *http.Request) {
	var wish corev1.PodLogOptions
	if err := scheme.ParameterCodec.DecodeParameters(r.URL.Query(), corev1.SchemeGroupVersion, &wish); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	path, ended, err := k.pods.log(r.PathValue("namespace"), r.PathValue("pod"), r.PathValue("container"), wish.Previous)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	text, err := podlog.Read(r.Context(), path, options(wish), ended)
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	defer text.Close()
	// A client that went away is no concern of ours.
	_, _ = io.Copy(flushing{w}, text)
}

func options(wish corev1.PodLogOptions) podlog.Options {
	o := podlog.Options{Tail: -1, Timestamps: wish.Timestamps, Follow: wish.Follow}
	if wish.TailLines != nil {
		o.Tail = int(*wish.TailLines)
	}
	if wish.LimitBytes != nil {
		o.LimitBytes = int(*wish.LimitBytes)
	}
	if wish.SinceSeconds != nil {
		o.Since = time.Now().Add(-time.Duration(*wish.SinceSeconds) * time.Second)
	}
	if wish.SinceTime != nil {
		o.Since = wish.SinceTime.Time
	}
	return o
}

// flushing sends every line at once, for those who follow a log.
type flushing struct{ http.ResponseWriter }

func (f flushing) Write(p []byte) (int, error) {
	n, err := f.ResponseWriter.Write(p)
	if err == nil {
		err = http.NewResponseController(f.ResponseWriter).Flush()
	}
	return n, err
}
