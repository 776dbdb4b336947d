package controlplane

import (
	"crypto/x509"
	"encoding/pem"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func parse(t *testing.T, content []byte) *x509.Certificate {
	t.Helper()
	block, _ := pem.Decode(content)
	if block == nil {
		t.Fatalf("no PEM: %q", content)
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnAPIServersCertificateNamesEverythingItIsReachedBy(t *testing.T) {
	ca, err := NewAuthority("kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	names, err := Options{Names: []string{"192.168.1.10"}, Services: Services, Domain: domain}.serverNames(netip.MustParseAddr("192.168.1.11"))
	if err != nil {
		t.Fatal(err)
	}
	pair, err := ca.Issue(Identity{Name: "kube-apiserver", Hosts: names})
	if err != nil {
		t.Fatal(err)
	}
	leaf := parse(t, pair.Certificate)
	wantNames := []string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "localhost"}
	if !slices.Equal(leaf.DNSNames, wantNames) {
		t.Errorf("names: got %v, want %v", leaf.DNSNames, wantNames)
	}
	var addresses []string
	for _, ip := range leaf.IPAddresses {
		addresses = append(addresses, ip.String())
	}
	if want := []string{"127.0.0.1", "10.96.0.1", "192.168.1.11", "192.168.1.10"}; !slices.Equal(addresses, want) {
		t.Errorf("addresses: got %v, want %v", addresses, want)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parse(t, ca.Certificate))
	if _, err := leaf.Verify(x509.VerifyOptions{Roots: roots, DNSName: "192.168.1.11"}); err != nil {
		t.Error(err)
	}
}

func TestUsagesAreThoseOfTheIdentity(t *testing.T) {
	ca, err := NewAuthority("ca")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		id   Identity
		want []x509.ExtKeyUsage
	}{
		{Identity{Name: "server", Hosts: []string{"localhost"}}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}},
		{Identity{Name: "client", Groups: []string{"system:masters"}, Client: true}, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}},
		{Identity{Name: "peer", Hosts: []string{"localhost"}, Client: true}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}},
	} {
		pair, err := ca.Issue(c.id)
		if err != nil {
			t.Fatal(err)
		}
		leaf := parse(t, pair.Certificate)
		if !slices.Equal(leaf.ExtKeyUsage, c.want) || leaf.Subject.CommonName != c.id.Name || !slices.Equal(leaf.Subject.Organization, c.id.Groups) {
			t.Errorf("%+v: got %v %v", c.id, leaf.Subject, leaf.ExtKeyUsage)
		}
	}
}

func TestALabKeepsItsIdentity(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "pki")
	first, err := OpenPKI(folder)
	if err != nil {
		t.Fatal(err)
	}
	second, err := OpenPKI(folder)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range first.files() {
		if string(*content) == "" || string(*content) != string(*second.files()[name]) {
			t.Errorf("%s differs", name)
		}
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v; want mode 600", name, info, err)
		}
	}
}
