package talos

import (
	"context"
	"fmt"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/version"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
)

// Version is machine.MachineService/Version: what was booted, which is not what an upgrade has written to the disk since.
func (a api) Version(context.Context, *emptypb.Empty) (*machine.VersionResponse, error) {
	v := version.NewVersion()
	v.Tag = a.life.version
	answer := &machine.Version{Version: v, Platform: &machine.PlatformInfo{Name: a.life.platform, Mode: cloud{}.String()}}
	if a.life.configured() {
		answer.Features = &machine.FeaturesInfo{Rbac: true}
	}
	return &machine.VersionResponse{Messages: []*machine.Version{answer}}, nil
}

// onControlPlanes refuses what only control planes do, in Talos' words.
func (l *life) onControlPlanes(what string) error {
	switch {
	case !l.configured():
		return status.Error(codes.Unimplemented, fmt.Sprintf("machine type is not set, cannot use %s API", what))
	case !l.isControlPlane():
		return status.Error(codes.Unimplemented, fmt.Sprintf("%s is only available on control plane nodes", what))
	}
	return nil
}
