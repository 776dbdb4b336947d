package talos

import (
	"context"

	"github.com/google/uuid"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
)

// restart is Talos' reboot sequence.
func restart(why, actor string) sequence {
	return sequence{name: "reboot", what: "reboots", why: why, actor: actor, stage: machine.MachineStatusEvent_REBOOTING, then: reboot}
}

// shutdown is Talos' shutdown sequence; forced by the power button, it drains nothing.
func shutdown(why string, drain bool) sequence {
	return sequence{name: "shutdown", what: "shuts down", why: why, stage: machine.MachineStatusEvent_SHUTTING_DOWN, drain: drain, strict: true, then: off}
}

// Reboot is machine.MachineService/Reboot.
func (a api) Reboot(context.Context, *machine.RebootRequest) (*machine.RebootResponse, error) {
	s := restart("asked for", uuid.NewString())
	_ = a.life.begin(s) // Talos says so by an event, not in the answer
	return &machine.RebootResponse{Messages: []*machine.Reboot{{ActorId: s.actor}}}, nil
}

// Shutdown is machine.MachineService/Shutdown.
func (a api) Shutdown(_ context.Context, in *machine.ShutdownRequest) (*machine.ShutdownResponse, error) {
	s := shutdown("asked for", !in.GetForce())
	s.actor = uuid.NewString()
	_ = a.life.begin(s) // as with Reboot
	return &machine.ShutdownResponse{Messages: []*machine.Shutdown{{ActorId: s.actor}}}, nil
}
