package talos

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/constants"
)

// Reset is machine.MachineService/Reset. By labels, it wipes partitions and leaves the rest: without STATE the machine is
// back in maintenance mode on the disk image that it came from. Without labels it wipes the whole disk, and a machine
// without other media boots nothing any more.
func (a api) Reset(_ context.Context, in *machine.ResetRequest) (*machine.ResetResponse, error) {
	var labels []string
	for _, spec := range in.GetSystemPartitionsToWipe() {
		if in.GetMode() == machine.ResetRequest_USER_DISKS {
			return nil, errors.New("reset failed: invalid input, wipe mode USER_DISKS doesn't support SystemPartitionsToWipe parameter")
		}
		if !slices.Contains(partitions, spec.GetLabel()) {
			return nil, fmt.Errorf("failed to get volume status with label %q: resource VolumeStatuses.block.talos.dev(runtime/%s@undefined) doesn't exist", spec.GetLabel(), spec.GetLabel())
		}
		if spec.GetWipe() {
			labels = append(labels, spec.GetLabel())
		}
	}
	if disks := in.GetUserDisksToWipe(); len(disks) > 0 {
		return nil, fmt.Errorf("reset user disk failed: device %s wasn't found", disks[0])
	}
	s := sequence{name: "reset", what: "resets", why: wipes(in, labels), actor: uuid.NewString(), stage: machine.MachineStatusEvent_RESETTING,
		drain: in.GetGraceful(), leave: in.GetGraceful(), then: off,
		last: func(context.Context) error { return a.life.wipe(in, labels) }}
	if in.GetReboot() {
		s.then = reboot
	}
	_ = a.life.begin(s) // as with Reboot
	return &machine.ResetResponse{Messages: []*machine.Reset{{ActorId: s.actor}}}, nil
}

// partitions are the labels of a system disk.
var partitions = []string{constants.StatePartitionLabel, constants.EphemeralPartitionLabel, constants.MetaPartitionLabel, constants.EFIPartitionLabel, constants.BIOSGrubPartitionLabel, constants.BootPartitionLabel}

func wipes(in *machine.ResetRequest, labels []string) string {
	what := "the whole disk"
	if len(labels) > 0 {
		what = strings.Join(labels, ", ")
	}
	if in.GetMode() == machine.ResetRequest_USER_DISKS {
		what = "nothing"
	}
	if in.GetGraceful() {
		return "gracefully, wipes " + what
	}
	return "wipes " + what
}

func (l *life) wipe(in *machine.ResetRequest, labels []string) error {
	if in.GetMode() == machine.ResetRequest_USER_DISKS {
		return nil
	}
	whole := len(labels) == 0
	var err error
	changes := map[string]string{}
	if (whole || slices.Contains(labels, constants.EphemeralPartitionLabel)) && l.runtime != nil {
		err = l.runtime.Wipe()
		changes[onDiskImages] = ""
	}
	if whole || slices.Contains(labels, constants.StatePartitionLabel) {
		changes[onDiskConfig] = ""
	}
	if whole {
		changes[onDiskNoSystem] = "yes"
		err = errors.Join(err, os.RemoveAll(l.disk.folder()))
	}
	return errors.Join(err, l.disk.write(changes))
}
