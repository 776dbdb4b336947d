package talos

import (
	"context"
	"strings"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	clientconfig "github.com/siderolabs/talos/pkg/machinery/client/config"
	"github.com/siderolabs/talos/pkg/machinery/config/generate/secrets"
	"github.com/siderolabs/talos/pkg/machinery/role"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// GenerateClientConfiguration is machine.MachineService/GenerateClientConfiguration: a talosconfig with fewer roles, say.
func (a api) GenerateClientConfiguration(_ context.Context, in *machine.GenerateClientConfigurationRequest) (*machine.GenerateClientConfigurationResponse, error) {
	if err := a.life.onControlPlanes("generate client configuration"); err != nil {
		return nil, err
	}
	if in.GetCrtTtl().AsDuration() <= 0 {
		return nil, status.Error(codes.InvalidArgument, "crt_ttl should be positive")
	}
	c := a.life.current()
	roles, _ := role.Parse(in.GetRoles())
	bundle := secrets.NewBundleFromConfig(secrets.NewFixedClock(time.Now()), c)
	pair, err := bundle.GenerateTalosAPIClientCertificateWithTTL(roles, in.GetCrtTtl().AsDuration())
	if err != nil {
		return nil, err
	}
	name := c.Cluster().Name()
	if names := roles.Strings(); len(names) == 1 {
		name = strings.TrimPrefix(names[0], role.Prefix) + "@" + name
	}
	ca := bundle.Certs.OS.Crt
	talosconfig, err := clientconfig.NewConfig(name, nil, ca, pair).Bytes()
	if err != nil {
		return nil, err
	}
	return &machine.GenerateClientConfigurationResponse{Messages: []*machine.GenerateClientConfiguration{
		{Ca: ca, Crt: pair.Crt, Key: pair.Key, Talosconfig: talosconfig}}}, nil
}
