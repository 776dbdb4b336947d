package talos

import (
	"context"
	"path"
	"slices"

	"github.com/siderolabs/talos/pkg/machinery/role"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"starbase.example/virtual/internal/talos/apid"
)

var errNotAuthorized = status.Error(codes.PermissionDenied, "not authorized")

// Who may do what, by Talos' own table: these methods need an administrator, those at least an operator, and every other
// one a reader. ApplyConfiguration looks for itself, because in maintenance mode a reader may do it.
var (
	forAdministrators = []string{"Bootstrap", "Copy", "Create", "Destroy", "EtcdForfeitLeadership", "EtcdLeaveCluster", "EtcdRecover",
		"EtcdRemoveMemberByID", "GenerateClientConfiguration", "Import", "Install", "Kubeconfig", "Read", "Remove", "Reset", "Rollback",
		"Update", "Upgrade"}
	forOperators = []string{"EtcdAlarmDisarm", "EtcdDefragment", "EtcdSnapshot", "ImagePull", "PacketCapture", "Pull", "Reboot", "Restart",
		"ServiceRestart", "ServiceStart", "ServiceStop", "Shutdown"}
)

func authorize(ctx context.Context, method string) error {
	roles, _ := apid.RolesOf(ctx)
	allowed := role.MakeSet(role.Admin, role.Operator, role.Reader)
	switch name := path.Base(method); {
	case slices.Contains(forAdministrators, name):
		allowed = role.MakeSet(role.Admin)
	case slices.Contains(forOperators, name):
		allowed = role.MakeSet(role.Admin, role.Operator)
	}
	if !allowed.IncludesAny(roles) {
		return errNotAuthorized
	}
	return nil
}

func isAdministrator(ctx context.Context) bool {
	roles, _ := apid.RolesOf(ctx)
	return roles.Includes(role.Admin)
}

// unary and stream let a request through that is allowed, and that no fault strikes.
func (l *life) unary(ctx context.Context, request any, info *grpc.UnaryServerInfo, handle grpc.UnaryHandler) (any, error) {
	if err := authorize(ctx, info.FullMethod); err != nil {
		return nil, err
	}
	var answer any
	err := l.struck(ctx, info.FullMethod, func() (err error) {
		answer, err = handle(ctx, request)
		return err
	})
	return answer, err
}

func (l *life) stream(srv any, s grpc.ServerStream, info *grpc.StreamServerInfo, handle grpc.StreamHandler) error {
	if err := authorize(s.Context(), info.FullMethod); err != nil {
		return err
	}
	return l.struck(s.Context(), info.FullMethod, func() error { return handle(srv, s) })
}
