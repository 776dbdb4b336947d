package talos

import (
	"fmt"
	"time"

	"github.com/siderolabs/talos/pkg/machinery/api/common"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
)

// Dmesg is machine.MachineService/Dmesg: the machine's events in place of a kernel's messages.
func (a api) Dmesg(in *machine.DmesgRequest, out machine.MachineService_DmesgServer) error {
	at := 0
	if in.GetTail() {
		at = len(a.life.machine.fleet.Events(0))
	}
	for {
		for _, e := range a.life.machine.fleet.Events(at) {
			at = e.Number
			if e.VMID != a.life.machine.vmid {
				continue
			}
			if err := out.Send(&common.Data{Bytes: fmt.Appendf(nil, "user: info: [%s]: [talos] %s\n", e.Time.Format(time.RFC3339Nano), e)}); err != nil {
				return err
			}
		}
		if !in.GetFollow() {
			return nil
		}
		select {
		case <-out.Context().Done():
			return out.Context().Err()
		case <-a.life.ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
}

// Logs is machine.MachineService/Logs: what the service said last.
func (a api) Logs(in *machine.LogsRequest, out machine.MachineService_LogsServer) error {
	for _, s := range a.life.services() {
		if s.Name == in.GetId() {
			return out.Send(&common.Data{Bytes: fmt.Appendf(nil, "%s: %s\n", s.State, s.Message)})
		}
	}
	return fmt.Errorf("log \"%s\" was not registered", in.GetId())
}
