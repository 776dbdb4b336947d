package trustd

import (
	"context"
	"crypto/tls"
	stdx509 "crypto/x509"
	"net"
	"testing"
	"time"

	"github.com/siderolabs/crypto/x509"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

func TestOnlyAWorkerThatKnowsTheTokenAndTrustsTheCAGetsACertificate(t *testing.T) {
	ours, theirs := authority(t), authority(t)
	names := make(chan string, 1)
	dial := serve(t, Signer{CA: ours, Token: "abc.def", Certificate: leaf(t, ours), Signed: func(name string) { names <- name }})
	ask := func(token string, ca *x509.PEMEncodedCertificateAndKey) (tls.Certificate, error) {
		a := Asker{CAs: []*x509.PEMEncodedCertificate{{Crt: ca.Crt}}, Token: token, Name: "w1", Hosts: []string{"w1"}, Addresses: []net.IP{{192, 168, 1, 21}}, Dial: dial}
		ctx, end := context.WithTimeout(t.Context(), 5*time.Second)
		defer end()
		return a.Certificate(ctx, "127.0.0.1")
	}
	pair, err := ask("abc.def", ours)
	if err != nil {
		t.Fatal(err)
	}
	roots := stdx509.NewCertPool()
	roots.AppendCertsFromPEM(ours.Crt)
	if _, err := pair.Leaf.Verify(stdx509.VerifyOptions{Roots: roots, DNSName: "192.168.1.21"}); err != nil {
		t.Error(err)
	}
	if _, err := pair.Leaf.Verify(stdx509.VerifyOptions{Roots: roots, KeyUsages: []stdx509.ExtKeyUsage{stdx509.ExtKeyUsageClientAuth}}); err == nil {
		t.Error("it is a client's certificate too")
	}
	if name := <-names; name != "w1" {
		t.Error(name)
	}
	if _, err := ask("xyz.def", ours); status.Code(err) != codes.Unauthenticated {
		t.Errorf("with a wrong token: %v", err)
	}
	if _, err := ask("abc.def", theirs); status.Code(err) != codes.Unavailable {
		t.Errorf("of another cluster: %v", err)
	}
}

// serve starts a signer and returns the way to it, whatever the address.
func serve(t *testing.T, s Signer) func(context.Context, string, string) (net.Conn, error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := s.Serve(listener)
	t.Cleanup(server.Stop)
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, listener.Addr().String())
	}
}

func authority(t *testing.T) *x509.PEMEncodedCertificateAndKey {
	t.Helper()
	ca, err := x509.NewSelfSignedCertificateAuthority(x509.Organization("talos"), x509.NotAfter(time.Now().Add(time.Hour)))
	if err != nil {
		t.Fatal(err)
	}
	return x509.NewCertificateAndKeyFromCertificateAuthority(ca)
}

func leaf(t *testing.T, by *x509.PEMEncodedCertificateAndKey) tls.Certificate {
	t.Helper()
	ca, err := x509.NewCertificateAuthorityFromCertificateAndKey(by)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := x509.NewKeyPair(ca, x509.IPAddresses([]net.IP{{127, 0, 0, 1}}), x509.NotAfter(time.Now().Add(time.Hour)),
		x509.ExtKeyUsage([]stdx509.ExtKeyUsage{stdx509.ExtKeyUsageServerAuth}))
	if err != nil {
		t.Fatal(err)
	}
	return *pair.Certificate
}
