// Package trustd is how a worker comes by the certificate of its API: it has no CA key, so it asks a control plane, which
// signs for whoever knows the machines' token.
package trustd

import (
	"context"
	"crypto/subtle"
	"crypto/tls"
	stdx509 "crypto/x509"
	"crypto/x509/pkix"
	"net"

	"github.com/siderolabs/crypto/x509"
	"github.com/siderolabs/talos/pkg/machinery/api/security"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Signer is a control plane's side.
type Signer struct {
	// CA signs; its certificate goes to the workers too.
	CA *x509.PEMEncodedCertificateAndKey
	// Token is what a worker must know.
	Token string
	// Certificate is the signer's own.
	Certificate tls.Certificate
	// Signed is told of each certificate given away, by the name in it.
	Signed func(name string)
}

const tokenKey = "token"

// Serve signs on a listener until the server that it returns is stopped.
func (s Signer) Serve(l net.Listener) *grpc.Server {
	server := grpc.NewServer(grpc.Creds(credentials.NewTLS(&tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{s.Certificate}})),
		grpc.UnaryInterceptor(s.authenticate))
	security.RegisterSecurityServiceServer(server, service{signer: s})
	go server.Serve(l) // it ends with an error by Stop, and only then
	return server
}

func (s Signer) authenticate(ctx context.Context, request any, _ *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	md, _ := metadata.FromIncomingContext(ctx)
	given := md.Get(tokenKey)
	if len(given) == 0 {
		return nil, status.Error(codes.Unauthenticated, "missing token")
	}
	if subtle.ConstantTimeCompare([]byte(given[0]), []byte(s.Token)) != 1 {
		return nil, status.Error(codes.Unauthenticated, "invalid token")
	}
	return handle(ctx, request)
}

type service struct {
	security.UnimplementedSecurityServiceServer
	signer Signer
}

// Certificate signs a request for a server, and for nothing else: a certificate of a client would come with roles.
func (s service) Certificate(_ context.Context, in *security.CertificateRequest) (*security.CertificateResponse, error) {
	signed, err := x509.NewCertificateFromCSRBytes(s.signer.CA.Crt, s.signer.CA.Key, in.GetCsr(),
		x509.KeyUsage(stdx509.KeyUsageDigitalSignature), x509.ExtKeyUsage([]stdx509.ExtKeyUsage{stdx509.ExtKeyUsageServerAuth}),
		x509.OverrideSubject(func(subject *pkix.Name) { subject.Organization = nil }))
	if err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "failed to sign CSR: %s", err)
	}
	s.signer.Signed(signed.X509Certificate.Subject.CommonName)
	return &security.CertificateResponse{Ca: s.signer.CA.Crt, Crt: signed.X509CertificatePEM}, nil
}
