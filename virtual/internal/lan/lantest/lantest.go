// Package lantest lets a package's tests run inside namespaces like the lab's:
// as root of an own user namespace, with own network, mounts and processes.
package lantest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

const marker = "STARBASE_TEST_INSIDE"

// Main is for TestMain: it runs the test binary again inside fresh namespaces
// and returns its exit code. It works with and without privileges; where the
// kernel forbids it, it says which setting does.
func Main(m *testing.M) int {
	if os.Getenv(marker) == "" {
		return again()
	}
	if err := mounts(); err != nil {
		fmt.Fprintln(os.Stderr, "preparing the test's namespaces:", err)
		return 1
	}
	return m.Run()
}

func again() int {
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), marker+"=1")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		Pdeathsig:   syscall.SIGKILL,
	}
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	fmt.Fprintf(os.Stderr, "these tests need unprivileged user namespaces, and the kernel refused one: %v\n%s", err, settings())
	return 1
}

// settings says which of the kernel's switches may be the reason.
func settings() string {
	var text strings.Builder
	for setting, wanted := range map[string]string{
		"kernel/apparmor_restrict_unprivileged_userns": "0",
		"kernel/unprivileged_userns_clone":             "1",
		"user/max_user_namespaces":                     "a number above 0",
	} {
		if value, err := os.ReadFile("/proc/sys/" + setting); err == nil {
			fmt.Fprintf(&text, "  %s is %s (needed: %s; set with sysctl)\n",
				strings.ReplaceAll(setting, "/", "."), strings.TrimSpace(string(value)), wanted)
		}
	}
	return text.String()
}

// mounts gives the tests a /run of their own and the /proc of their processes.
func mounts() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("making mounts private: %w", err)
	}
	if err := unix.Mount("tmpfs", "/run", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755"); err != nil {
		return fmt.Errorf("a tmpfs on /run: %w", err)
	}
	if err := unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("a /proc of its own: %w", err)
	}
	return nil
}
