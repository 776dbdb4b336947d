package proxmox

import (
	"crypto/tls"
	"net/http"
	"time"
)

// Server makes the HTTPS server of the API, to be given a listener on port 8006.
//
// It speaks HTTP/1.1 only, as pveproxy does: HTTP/2 has no reason phrases, and clients live by them. certificate gives the
// hosts' certificates; the provider asks for TLS 1.3.
func (c *Cluster) Server(certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *http.Server {
	return &http.Server{
		Handler:           c.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		TLSConfig: &tls.Config{
			GetCertificate: certificate, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
		},
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
}
