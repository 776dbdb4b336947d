package controlplane

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"
)

const (
	// sinceBefore lets clocks differ.
	sinceBefore = time.Hour
	leafLife    = 365 * 24 * time.Hour
	caLife      = 10 * leafLife
)

// Authority is a certificate authority; both parts are PEM.
type Authority struct {
	Certificate, Key []byte
}

// Identity is whom a certificate names and what it may be used for.
type Identity struct {
	Name   string
	Groups []string
	// Hosts are DNS names and IP addresses; a certificate with hosts may be a server's.
	Hosts []string
	// Client says that the certificate may be a client's.
	Client bool
}

// NewAuthority makes a self-signed authority.
func NewAuthority(name string) (Authority, error) {
	key, err := newKey()
	if err != nil {
		return Authority{}, err
	}
	template := certificate(name, caLife)
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	return signed(template, template, key, key)
}

// Issue makes a certificate and its key, both PEM.
func (a Authority) Issue(id Identity) (Authority, error) {
	pair, err := tls.X509KeyPair(a.Certificate, a.Key)
	if err != nil {
		return Authority{}, fmt.Errorf("the authority that is to sign %q: %w", id.Name, err)
	}
	template := certificate(id.Name, leafLife)
	template.Subject.Organization = id.Groups
	template.KeyUsage = x509.KeyUsageDigitalSignature
	for _, host := range id.Hosts {
		if ip := net.ParseIP(host); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, host)
		}
	}
	if len(id.Hosts) > 0 {
		template.ExtKeyUsage = append(template.ExtKeyUsage, x509.ExtKeyUsageServerAuth)
	}
	if id.Client {
		template.ExtKeyUsage = append(template.ExtKeyUsage, x509.ExtKeyUsageClientAuth)
	}
	key, err := newKey()
	if err != nil {
		return Authority{}, err
	}
	return signed(template, pair.Leaf, key, pair.PrivateKey)
}

func certificate(name string, life time.Duration) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120)) // crypto/rand ends the program rather than fail
	now := time.Now()
	return &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-sinceBefore), NotAfter: now.Add(life)}
}

func signed(template, parent *x509.Certificate, key *ecdsa.PrivateKey, signer crypto.PrivateKey) (Authority, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return Authority{}, fmt.Errorf("certificate of %q: %w", template.Subject.CommonName, err)
	}
	private, err := keyPEM(key)
	return Authority{Certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), Key: private}, err
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }

func keyPEM(key *ecdsa.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalECPrivateKey(key)
	return pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), err
}
