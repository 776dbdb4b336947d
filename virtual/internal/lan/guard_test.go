package lan

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// guardProbe makes the test binary print what Inside says, and end.
const guardProbe = "STARBASE_TEST_GUARD"

func TestTheLabsOwnNamespaceIsAccepted(t *testing.T) {
	if err := Inside(); err != nil {
		t.Error(err)
	}
}

func TestANetworkOfAnotherUserNamespaceIsRefused(t *testing.T) {
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = append(os.Environ(), guardProbe+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: 0, Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: 0, Size: 1}},
	}
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(out), "refusing to touch the network: ") {
		t.Errorf("a process in a user namespace without its own network got: %s", out)
	}
}
