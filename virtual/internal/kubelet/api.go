package kubelet

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"k8s.io/client-go/util/cert"

	"starbase.example/virtual/internal/sandbox/podlog"
)

// apiPort is the kubelet's port, known to everybody.
const apiPort = 10250

// listen opens the kubelet's API on the node's address. Only the API server
// may use it: a client certificate of the cluster's CA is asked for.
func (k *kubelet) listen() (net.Listener, error) {
	certificate, clients, err := k.serving()
	if err != nil {
		return nil, err
	}
	listener, err := k.Node.Namespace().Listen("tcp", net.JoinHostPort(k.Node.Address().String(), strconv.Itoa(apiPort)))
	if err != nil {
		return nil, err
	}
	return tls.NewListener(listener, &tls.Config{
		Certificates: []tls.Certificate{certificate},
		ClientCAs:    clients,
		ClientAuth:   tls.RequireAndVerifyClientCert,
		MinVersion:   tls.VersionTLS12,
	}), nil
}

// serving is the certificate that the kubelet shows, one that it signs itself
// if it was given none, and whose certificates it accepts.
func (k *kubelet) serving() (certificate tls.Certificate, clients *x509.CertPool, err error) {
	certificate, clients = k.Certificate, k.ClientCA
	if clients == nil {
		clients = x509.NewCertPool()
		clients.AppendCertsFromPEM(k.Bootstrap.CA)
	}
	if len(certificate.Certificate) == 0 {
		pair, key, err := cert.GenerateSelfSignedCertKey(k.name(), []net.IP{k.Node.Address().AsSlice()}, nil)
		if err != nil {
			return certificate, nil, err
		}
		certificate, err = tls.X509KeyPair(pair, key)
		return certificate, clients, err
	}
	return certificate, clients, nil
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
	wish := r.URL.Query()
	path, ended, err := k.pods.log(r.PathValue("namespace"), r.PathValue("pod"), r.PathValue("container"), wish.Get("previous") == "true")
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

// options reads the parameters that the API server has checked and passes on
// (PodLogOptions).
func options(wish url.Values) podlog.Options {
	number := func(name string, otherwise int) int {
		if value, err := strconv.Atoi(wish.Get(name)); err == nil {
			return value
		}
		return otherwise
	}
	o := podlog.Options{
		Tail:       number("tailLines", -1),
		LimitBytes: number("limitBytes", 0),
		Timestamps: wish.Get("timestamps") == "true",
		Follow:     wish.Get("follow") == "true",
	}
	if seconds := number("sinceSeconds", 0); seconds > 0 {
		o.Since = time.Now().Add(-time.Duration(seconds) * time.Second)
	}
	if since, err := time.Parse(time.RFC3339, wish.Get("sinceTime")); err == nil {
		o.Since = since
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
