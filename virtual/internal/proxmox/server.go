package proxmox

import (
	"crypto/tls"
	"net/http"
	"time"
)

// Server makes the HTTPS server of the API, to be given a listener on port 8006.
//
// It speaks HTTP/1.1 only, as pveproxy does: HTTP/2 has no reason phrases, and clients live by them. certificate is the
// hosts' certificate; the provider asks for TLS 1.3.
func (c *Cluster) Server(certificate tls.Certificate) *http.Server {
	return &http.Server{
		Handler:           c.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		TLSConfig: &tls.Config{
			Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
		},
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
}
