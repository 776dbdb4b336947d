package proxmox

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"net/http"
	"testing"
	"time"
)

// A client that would rather speak HTTP/2 (Java's does) still gets the reason phrase.
func TestTheServerSpeaksHTTP1OverTLS13(t *testing.T) {
	c, err := New(Lab("1-2-3", Node{Name: "pve1"}), Options{})
	must(t, err)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	server := c.Server(func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
		return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go func() { _ = server.ServeTLS(listener, "", "") }() // ends with Close
	t.Cleanup(func() { _ = server.Close() })

	roots := x509.NewCertPool()
	leaf, err := x509.ParseCertificate(der)
	must(t, err)
	roots.AddCert(leaf)
	client := &http.Client{Transport: &http.Transport{
		ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS13},
	}}
	response, err := client.Get("https://" + listener.Addr().String() + "/api2/json/version")
	must(t, err)
	defer response.Body.Close()
	same(t, []string{response.Proto, response.Status}, []string{"HTTP/1.1", "401 No ticket"})
}
