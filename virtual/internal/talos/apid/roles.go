package apid

import (
	"context"

	"github.com/siderolabs/talos/pkg/machinery/constants"
	"github.com/siderolabs/talos/pkg/machinery/role"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
)

// identifier finds out which roles a request has.
type identifier struct{ maintenance bool }

type rolesKey struct{}

func (i identifier) intercept(srv any, s grpc.ServerStream, _ *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	roles, err := i.roles(s.Context())
	if err != nil {
		return err
	}
	return handle(srv, identified{s, context.WithValue(s.Context(), rolesKey{}, roles)})
}

// roles are the organizations of the client's certificate. Another machine's front says in the metadata whose request it
// forwards; its own role, impersonator, is what makes that credible.
func (i identifier) roles(ctx context.Context) (role.Set, error) {
	if i.maintenance {
		return role.MakeSet(role.Reader), nil
	}
	p, _ := peer.FromContext(ctx)
	if p == nil {
		return role.Zero, status.Error(codes.Unauthenticated, "the request has no peer")
	}
	info, ok := p.AuthInfo.(credentials.TLSInfo)
	if !ok || len(info.State.PeerCertificates) == 0 {
		return role.Zero, status.Error(codes.Unauthenticated, "the client has no certificate")
	}
	own, _ := role.Parse(info.State.PeerCertificates[0].Subject.Organization)
	if own.Includes(role.Impersonator) {
		if said, ok := RolesOf(ctx); ok {
			return said, nil
		}
	}
	return own, nil
}

// RolesOf reads the roles that a front has written into a request's metadata.
func RolesOf(ctx context.Context) (role.Set, bool) {
	md, _ := metadata.FromIncomingContext(ctx)
	names := md.Get(constants.APIAuthzRoleMetadataKey)
	if len(names) == 0 {
		return role.Zero, false
	}
	roles, _ := role.Parse(names)
	return roles, true
}

// onwards is the metadata that goes with a request to the next server.
func onwards(ctx context.Context) metadata.MD {
	md, _ := metadata.FromIncomingContext(ctx)
	md = md.Copy()
	if roles, ok := ctx.Value(rolesKey{}).(role.Set); ok {
		md.Set(constants.APIAuthzRoleMetadataKey, roles.Strings()...)
	}
	return md
}

// identified is a stream whose context knows the roles.
type identified struct {
	grpc.ServerStream
	context context.Context
}

func (s identified) Context() context.Context { return s.context }
