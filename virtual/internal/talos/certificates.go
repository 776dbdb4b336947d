package talos

import (
	"crypto/tls"
	stdx509 "crypto/x509"
	"errors"
	"fmt"
	"net"
	"slices"
	"time"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/role"
)

// certificates are what the front shows to clients and, on a control plane, to other fronts.
type certificates struct {
	server tls.Certificate
	client *tls.Certificate
	// roots are trusted in clients and in other fronts.
	roots *stdx509.CertPool
}

// certify finds or makes the life's certificates.
func (l *life) certify() (err error) {
	var c certificates
	switch {
	case !l.configured():
		c, err = l.selfSigned()
	case l.isControlPlane():
		c, err = l.issued(l.current())
	default:
		c, err = l.asked(l.current())
	}
	if err != nil {
		return err
	}
	l.mutex.Lock()
	l.certs = &c
	l.mutex.Unlock()
	return nil
}

// selfSigned is for maintenance mode, where nobody can know a CA.
func (l *life) selfSigned() (certificates, error) {
	ca, err := x509.NewSelfSignedCertificateAuthority(x509.Organization("talos"))
	if err != nil {
		return certificates{}, err
	}
	server, err := x509.NewKeyPair(ca, x509.CommonName("maintenance-service.talos.dev"), x509.IPAddresses(l.ips()),
		x509.NotAfter(time.Now().Add(x509.DefaultCertificateValidityDuration)), usage(stdx509.ExtKeyUsageServerAuth))
	if err != nil {
		return certificates{}, err
	}
	return certificates{server: *server.Certificate}, nil
}

// issued is what a control plane signs for itself.
func (l *life) issued(c config.Provider) (certificates, error) {
	ca, err := x509.NewCertificateAuthorityFromCertificateAndKey(c.Machine().Security().IssuingCA())
	if err != nil {
		return certificates{}, fmt.Errorf("machine.ca: %w", err)
	}
	until := x509.NotAfter(time.Now().Add(x509.DefaultCertificateValidityDuration))
	name := x509.CommonName(l.hostname())
	server, err := x509.NewKeyPair(ca, name, until, x509.IPAddresses(l.ips()), x509.DNSNames(l.names(c)), usage(stdx509.ExtKeyUsageServerAuth))
	client, errClient := x509.NewKeyPair(ca, name, until, x509.Organization(string(role.Impersonator)), usage(stdx509.ExtKeyUsageClientAuth))
	if err := errors.Join(err, errClient); err != nil {
		return certificates{}, err
	}
	return certificates{server: *server.Certificate, client: client.Certificate, roots: rootsOf(c)}, nil
}

func usage(u stdx509.ExtKeyUsage) x509.Option { return x509.ExtKeyUsage([]stdx509.ExtKeyUsage{u}) }

// ips and names are what a server certificate is for.
func (l *life) ips() []net.IP {
	all := []net.IP{l.node.Address().AsSlice()}
	if c := l.current(); c != nil {
		for _, san := range c.Machine().Security().CertSANs() {
			if ip := net.ParseIP(san); ip != nil {
				all = append(all, ip)
			}
		}
	}
	return all
}

func (l *life) names(c config.Provider) []string {
	all := []string{l.hostname()}
	for _, san := range c.Machine().Security().CertSANs() {
		if net.ParseIP(san) == nil {
			all = append(all, san)
		}
	}
	return all
}

// authorities are the certificates that clients' certificates may be signed by.
func authorities(c config.Provider) []*x509.PEMEncodedCertificate {
	all := c.Machine().Security().AcceptedCAs()
	if own := c.Machine().Security().IssuingCA(); own != nil {
		all = append(slices.Clone(all), &x509.PEMEncodedCertificate{Crt: own.Crt})
	}
	return all
}

func rootsOf(c config.Provider) *stdx509.CertPool {
	pool := stdx509.NewCertPool()
	for _, ca := range authorities(c) {
		pool.AppendCertsFromPEM(ca.Crt)
	}
	return pool
}
