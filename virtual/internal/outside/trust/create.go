package trust

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"os"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// Password is the truststore's. It keeps nothing secret: a truststore holds public certificates only, and Java wants a password all
// the same; this is the one that the JDK's own truststore has.
const Password = "changeit"

// create makes a new authority's key, truststore and certificate files, in this order.
func (a *Authority) create() error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "Outside world of a Starbase virtual lab"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().AddDate(10, 0, 0),
		IsCA:                  true,
		BasicConstraintsValid: true,
		MaxPathLenZero:        true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return err
	}
	keyDER, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	// Modern2023 is AES with SHA-256, which Java reads since 8u301; the newer Modern2026's PBMAC1 needs Java 26.
	truststore, err := pkcs12.Modern2023.EncodeTrustStore([]*x509.Certificate{certificate}, Password)
	if err != nil {
		return err
	}
	if err := replace(a.keyFile(), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: keyDER}), 0o600); err != nil {
		return err
	}
	if err := replace(a.TruststoreFile(), truststore, 0o644); err != nil {
		return err
	}
	return replace(a.CertificateFile(), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o644)
}

// replace writes a file whole or not at all.
func replace(file string, content []byte, mode os.FileMode) error {
	if err := os.WriteFile(file+".new", content, mode); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}
