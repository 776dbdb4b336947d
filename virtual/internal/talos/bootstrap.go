package talos

import (
	"context"
	"errors"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// timePatience is how long a bootstrap waits for the time.
const timePatience = 5 * time.Second

// Bootstrap is machine.MachineService/Bootstrap.
func (a api) Bootstrap(ctx context.Context, _ *machine.BootstrapRequest) (*machine.BootstrapResponse, error) {
	l := a.life
	if !l.running() {
		return nil, status.Error(codes.FailedPrecondition, "bootstrap is not available yet")
	}
	if err := l.onControlPlanes("bootstrap"); err != nil {
		return nil, err
	}
	if what, waits := l.waits(); waits && what == forTime {
		l.machine.pass(ctx, timePatience)
		return nil, status.Error(codes.FailedPrecondition, "time is not in sync yet")
	}
	err := l.runtime.Bootstrap(ctx)
	if errors.Is(err, ErrBootstrapped) {
		l.machine.tell("bootstrap", "refused", err.Error())
		return nil, status.Error(codes.AlreadyExists, ErrBootstrapped.Error())
	}
	if err != nil {
		l.machine.tell("error", "bootstrap failed", err.Error())
		return nil, err
	}
	l.machine.tell("bootstrap", "bootstrapped", "")
	return &machine.BootstrapResponse{Messages: []*machine.Bootstrap{{}}}, nil
}
