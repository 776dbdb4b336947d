package talos

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
)

var errNoCertificate = errors.New("the machine has no certificate")

// serverTLS is how the front meets a client: in maintenance mode anybody, else those with a certificate of a machine CA
// that is for clients and nothing else.
func (l *life) serverTLS() (*tls.Config, error) {
	l.mutex.Lock()
	c := l.certs
	l.mutex.Unlock()
	if c == nil {
		return nil, errNoCertificate
	}
	t := &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{c.server}}
	if c.roots != nil {
		t.ClientAuth, t.ClientCAs, t.VerifyPeerCertificate = tls.RequireAndVerifyClientCert, c.roots, onlyForClients
	}
	return t, nil
}

// clientTLS is how the front meets another one.
func (l *life) clientTLS() (*tls.Config, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.certs == nil || l.certs.client == nil {
		return nil, errNoCertificate
	}
	return &tls.Config{MinVersion: tls.VersionTLS13, RootCAs: l.certs.roots, Certificates: []tls.Certificate{*l.certs.client}}, nil
}

func onlyForClients(_ [][]byte, chains [][]*x509.Certificate) error {
	if len(chains) == 0 {
		return errors.New("no verified chains")
	}
	for _, c := range chains[0] {
		if !c.IsCA && !slices.Equal(c.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}) {
			return fmt.Errorf("certificate %q is missing the client auth extended key usage", c.Subject)
		}
	}
	return nil
}
