package talos

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/uuid"
	"github.com/siderolabs/talos/pkg/machinery/api/machine"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// installer is what an installer image's name says of what it installs.
type installer struct{ platform, schematic, version string }

// installerImage is an image factory's name (nocloud-installer/SCHEMATIC:VERSION, without platform in older ones) or the plain
// installer's, which has no extensions.
var installerImage = regexp.MustCompile(`^(?:[^/]+/)+(?:([a-z]+)-)?installer(?:/([0-9a-f]{64}))?:(v[0-9][^@]*)(?:@.*)?$`)

func parseInstaller(image string) (installer, error) {
	m := installerImage.FindStringSubmatch(image)
	if m == nil {
		return installer{}, fmt.Errorf("%q is no installer image: nothing in it can be run", image)
	}
	i := installer{platform: m[1], schematic: m[2], version: m[3]}
	if i.platform == "" {
		i.platform = "metal"
	}
	return i, nil
}

// lifecycle is machine.LifecycleService.
type lifecycle struct {
	machine.UnimplementedLifecycleServiceServer
	life *life
}

// Install has nothing to do on a disk that is an image already.
func (lifecycle) Install(*machine.LifecycleServiceInstallRequest, grpc.ServerStreamingServer[machine.LifecycleServiceInstallResponse]) error {
	return status.Error(codes.AlreadyExists, "machine is already installed")
}

// Upgrade installs what boots next. Nothing reboots: that is another request.
func (s lifecycle) Upgrade(in *machine.LifecycleServiceUpgradeRequest, out grpc.ServerStreamingServer[machine.LifecycleServiceUpgradeResponse]) error {
	if !s.life.upgrading.TryLock() {
		return status.Error(codes.FailedPrecondition, "another installation/upgrade is already in progress")
	}
	defer s.life.upgrading.Unlock()
	image := in.GetSource().GetImageName()
	if image == "" {
		return status.Error(codes.InvalidArgument, "installer image name is required")
	}
	send := func(p *machine.LifecycleServiceInstallProgress) error {
		return out.Send(&machine.LifecycleServiceUpgradeResponse{Progress: p})
	}
	if err := send(message("installing " + image)); err != nil {
		return err
	}
	code := int32(0)
	if err := s.life.install(out.Context(), image); err != nil {
		code = 1
		if err := send(message(err.Error())); err != nil {
			return err
		}
	}
	return send(&machine.LifecycleServiceInstallProgress{Response: &machine.LifecycleServiceInstallProgress_ExitCode{ExitCode: code}})
}

func message(text string) *machine.LifecycleServiceInstallProgress {
	return &machine.LifecycleServiceInstallProgress{Response: &machine.LifecycleServiceInstallProgress_Message{Message: text}}
}

// install runs an installer: what it brings is on the disk afterwards, and boots next.
func (l *life) install(ctx context.Context, image string) error {
	what, err := parseInstaller(image)
	if err != nil {
		return err
	}
	if !l.machine.pass(ctx, installTime) {
		return ctx.Err()
	}
	if l.machine.fleet.faults.installFails(l.machine) {
		return errFault
	}
	l.machine.tell("upgrade", "installed", image)
	return l.disk.write(map[string]string{onDiskVersion: what.version, onDiskSchematic: what.schematic, onDiskPlatform: what.platform})
}

// Upgrade is machine.MachineService/Upgrade, the way before LifecycleService: one sequence that drains, installs and reboots.
func (a api) Upgrade(_ context.Context, in *machine.UpgradeRequest) (*machine.UpgradeResponse, error) {
	l := a.life
	if _, err := parseInstaller(in.GetImage()); err != nil {
		return nil, fmt.Errorf("error validating installer image %q: %w", in.GetImage(), err)
	}
	if l.isControlPlane() && !in.GetForce() && !runs(l.services(), "etcd") {
		return nil, errors.New("error validating etcd for upgrade: etcd is not healthy")
	}
	s := sequence{name: "upgrade", what: "upgrades", why: in.GetImage(), actor: uuid.NewString(), stage: machine.MachineStatusEvent_UPGRADING,
		drain: true, strict: true, then: reboot, last: func(ctx context.Context) error { return l.install(ctx, in.GetImage()) }}
	_ = l.begin(s) // as with Reboot
	return &machine.UpgradeResponse{Messages: []*machine.Upgrade{{Ack: "Upgrade request received", ActorId: s.actor}}}, nil
}

// hasExtension says whether the schematic that was booted has an extension.
func (l *life) hasExtension(name string) bool {
	for _, e := range l.machine.fleet.options.Extensions(l.schematic) {
		if strings.EqualFold(e, name) {
			return true
		}
	}
	return false
}
