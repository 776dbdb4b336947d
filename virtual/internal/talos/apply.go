package talos

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"github.com/siderolabs/talos/pkg/machinery/config"
	"github.com/siderolabs/talos/pkg/machinery/config/configdiff"
	"github.com/siderolabs/talos/pkg/machinery/config/configloader"
	"github.com/siderolabs/talos/pkg/machinery/constants"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// cloud is the mode in which a nocloud image runs: what it runs from is installed.
type cloud struct{}

func (cloud) String() string        { return "cloud" }
func (cloud) RequiresInstall() bool { return false }
func (cloud) InContainer() bool     { return false }

// What is said of the ways in which a config takes effect.
const (
	withoutReboot = "Applied configuration without a reboot"
	withReboot    = "Applied configuration with a reboot"
	staged        = "Staged configuration to be applied after the next reboot"
)

// ApplyConfiguration is machine.MachineService/ApplyConfiguration.
func (a api) ApplyConfiguration(ctx context.Context, in *machine.ApplyConfigurationRequest) (*machine.ApplyConfigurationResponse, error) {
	l := a.life
	if l.configured() && !isAdministrator(ctx) {
		return nil, errNotAuthorized
	}
	c, warnings, err := l.accepted(ctx, in.GetData())
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	mode, details, err := l.mode(in.GetMode(), c)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	answer := &machine.ApplyConfiguration{Mode: mode, Warnings: warnings, ModeDetails: details}
	if in.GetDryRun() {
		answer.Warnings = nil
		answer.ModeDetails, err = l.dryRun(details, c)
	} else {
		err = l.apply(mode, c, in, answer)
	}
	if err != nil {
		return nil, err
	}
	return &machine.ApplyConfigurationResponse{Messages: []*machine.ApplyConfiguration{answer}}, nil
}

// accepted reads and validates a config, as Talos does.
func (l *life) accepted(ctx context.Context, data []byte) (config.Provider, []string, error) {
	c, err := configloader.NewFromBytes(data)
	if err != nil {
		return nil, nil, err
	}
	if l.configured() && c.RawV1Alpha1() == nil {
		return nil, nil, fmt.Errorf("the applied machine configuration doesn't contain v1alpha1 config, did you mean to patch the machine config instead?")
	}
	warnings, err := c.Validate(cloud{})
	if err != nil {
		return nil, nil, err
	}
	more, err := c.RuntimeValidate(ctx, l.resources.state, cloud{})
	return c, slices.Concat(warnings, more), err
}

// mode decides in which way a config takes effect: what automatic means, and whether the way asked for is possible.
func (l *life) mode(asked machine.ApplyConfigurationRequest_Mode, c config.Provider) (machine.ApplyConfigurationRequest_Mode, string, error) {
	const now, later = machine.ApplyConfigurationRequest_NO_REBOOT, machine.ApplyConfigurationRequest_REBOOT
	old := l.current()
	if old == nil {
		if asked == machine.ApplyConfigurationRequest_STAGED {
			return asked, staged, nil
		}
		return now, withoutReboot, nil
	}
	switch asked {
	case machine.ApplyConfigurationRequest_TRY, now:
		return asked, withoutReboot, canApplyAtOnce(old, c)
	case machine.ApplyConfigurationRequest_STAGED:
		return asked, staged, nil
	case later:
		return asked, withReboot, nil
	}
	if err := canApplyAtOnce(old, c); err != nil {
		return later, withReboot + ": " + err.Error(), nil
	}
	return now, withoutReboot, nil
}

func (l *life) dryRun(details string, c config.Provider) (string, error) {
	var old config.Container
	if current := l.current(); current != nil {
		old = current
	}
	diff, err := configdiff.DiffConfigs(old, c)
	if err != nil {
		return "", fmt.Errorf("failed to generate diff: %w", err)
	}
	if diff == "" {
		diff = "No changes."
	}
	return fmt.Sprintf("Dry run summary:\n%s (skipped in dry-run).\nConfig diff:\n\n%s", details, diff), nil
}

func (l *life) apply(mode machine.ApplyConfigurationRequest_Mode, c config.Provider, in *machine.ApplyConfigurationRequest, answer *machine.ApplyConfiguration) error {
	l.machine.tell("apply", "machine config applied", strings.ToLower(mode.String()))
	first := !l.configured()
	if mode == machine.ApplyConfigurationRequest_TRY {
		limit := constants.ConfigTryTimeout
		if in.GetTryModeTimeout() != nil {
			limit = in.GetTryModeTimeout().AsDuration()
		}
		answer.ModeDetails += fmt.Sprintf("\nThe config is applied in 'try' mode and will be automatically reverted back in %s", limit)
		l.try(c, limit)
		return nil
	}
	l.cancelTry()
	if err := l.disk.write(map[string]string{onDiskConfig: string(in.GetData())}); err != nil {
		return err
	}
	switch {
	case mode == machine.ApplyConfigurationRequest_STAGED, first && !c.CompleteForBoot():
	case first:
		return l.begin(sequence{then: goOn})
	case mode == machine.ApplyConfigurationRequest_REBOOT:
		return l.begin(restart("machine config", ""))
	default:
		l.change(c)
	}
	return nil
}

// change makes a config take effect on the machine as it runs.
func (l *life) change(c config.Provider) {
	l.mutex.Lock()
	l.config = c
	l.mutex.Unlock()
	if l.isControlPlane() {
		if err := l.certify(); err != nil {
			l.machine.tell("error", "no new certificate", err.Error())
		}
	}
	l.resources.describe(l)
	if l.runtime == nil {
		return
	}
	if err := l.runtime.Update(l.ctx, l.described()); err != nil {
		l.machine.tell("error", "the runtime did not take the machine config", err.Error())
	}
}
