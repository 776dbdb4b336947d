package controlplane

import (
	"errors"
	"os"
	"path/filepath"
)

// PKI is everything secret that a control plane is born with. All certificates are issued from it at each start, so that
// whoever provides it (this package once a lab, or a machine configuration) provides the identity of the cluster.
type PKI struct {
	// Kubernetes signs API servers, kubelets and all client identities.
	Kubernetes Authority
	// Etcd signs etcd's members and its one client, the API server.
	Etcd Authority
	// FrontProxy signs the API server's identity towards aggregated API servers.
	FrontProxy Authority
	// ServiceAccountKey signs service-account tokens: a private key in PEM.
	ServiceAccountKey []byte
	// Secretbox is the key by which secrets are encrypted in etcd, in base64; empty means that they are not.
	Secretbox string
}

// NewPKI makes a fresh identity.
func NewPKI() (PKI, error) {
	kubernetes, err := NewAuthority("kubernetes")
	etcd, errEtcd := NewAuthority("etcd")
	frontProxy, errProxy := NewAuthority("front-proxy")
	key, errKey := newKey()
	if err := errors.Join(err, errEtcd, errProxy, errKey); err != nil {
		return PKI{}, err
	}
	pem, err := keyPEM(key)
	return PKI{Kubernetes: kubernetes, Etcd: etcd, FrontProxy: frontProxy, ServiceAccountKey: pem}, err
}

// OpenPKI reads the identity from a folder, and makes it there the first time.
func OpenPKI(folder string) (PKI, error) {
	pki, err := readPKI(folder)
	if !errors.Is(err, os.ErrNotExist) {
		return pki, err
	}
	if pki, err = NewPKI(); err != nil {
		return pki, err
	}
	return pki, pki.write(folder)
}

// write makes the folder whole before it gets its name: a crash leaves no half identity behind.
func (p PKI) write(folder string) error {
	fresh := folder + ".new"
	if err := errors.Join(os.RemoveAll(fresh), os.MkdirAll(fresh, 0o700)); err != nil {
		return err
	}
	for name, content := range p.files() {
		if err := os.WriteFile(filepath.Join(fresh, name), *content, 0o600); err != nil {
			return err
		}
	}
	return os.Rename(fresh, folder)
}

func readPKI(folder string) (PKI, error) {
	var pki PKI
	for name, content := range pki.files() {
		read, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return PKI{}, err
		}
		*content = read
	}
	return pki, nil
}

func (p *PKI) files() map[string]*[]byte {
	return map[string]*[]byte{
		"ca.crt": &p.Kubernetes.Certificate, "ca.key": &p.Kubernetes.Key,
		"etcd-ca.crt": &p.Etcd.Certificate, "etcd-ca.key": &p.Etcd.Key,
		"front-proxy-ca.crt": &p.FrontProxy.Certificate, "front-proxy-ca.key": &p.FrontProxy.Key,
		"service-account.key": &p.ServiceAccountKey,
	}
}
