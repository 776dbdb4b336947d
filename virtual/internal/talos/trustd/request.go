package trustd

import (
	"context"
	"crypto/tls"
	stdx509 "crypto/x509"
	"errors"
	"fmt"
	"net"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/api/security"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
)

// Asker is a worker's side.
type Asker struct {
	// CAs are the machines' CAs, as the worker's machine config has them: certificates without keys.
	CAs []*x509.PEMEncodedCertificate
	// Token is the one in the machine config.
	Token string
	// Name, Hosts and Addresses go into the certificate.
	Name      string
	Hosts     []string
	Addresses []net.IP
	// Dial connects to a control plane.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Certificate asks one control plane to sign a new key.
func (a Asker) Certificate(ctx context.Context, signer string) (tls.Certificate, error) {
	if len(a.CAs) == 0 {
		return tls.Certificate{}, errors.New("the machine config has no machine.ca")
	}
	ca, err := a.CAs[len(a.CAs)-1].GetCert()
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("machine.ca: %w", err)
	}
	csr, pair, err := x509.NewCSRAndIdentityFromCA(ca, x509.CommonName(a.Name), x509.DNSNames(a.Hosts), x509.IPAddresses(a.Addresses))
	if err != nil {
		return tls.Certificate{}, err
	}
	roots := stdx509.NewCertPool()
	for _, ca := range a.CAs {
		roots.AppendCertsFromPEM(ca.Crt)
	}
	connection, err := grpc.NewClient(fmt.Sprintf("passthrough:///%s", net.JoinHostPort(signer, fmt.Sprint(constants.TrustdPort))),
		grpc.WithTransportCredentials(credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS13, RootCAs: roots})),
		grpc.WithContextDialer(func(ctx context.Context, address string) (net.Conn, error) { return a.Dial(ctx, "tcp", address) }))
	if err != nil {
		return tls.Certificate{}, err
	}
	defer connection.Close()
	ctx = metadata.AppendToOutgoingContext(ctx, tokenKey, a.Token)
	answer, err := security.NewSecurityServiceClient(connection).Certificate(ctx, &security.CertificateRequest{Csr: csr.X509CertificateRequestPEM})
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.X509KeyPair(answer.GetCrt(), pair.Key)
}
