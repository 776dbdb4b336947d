package space

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// ErrNotRunning is what every verb says that needs a running lab.
var ErrNotRunning = errors.New("The lab is not running. Start it with ./lab up")

// RunInside is the inner half of Enter: it changes to the directory, runs the command and returns its exit code.
// Ctrl-C is the command's own business; a request to end is passed on, also when the outer half was killed.
func RunInside(dir string, command []string) (int, error) {
	runtime.LockOSThread() // the death signal goes by thread
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGTERM), 0, 0, 0); err != nil {
		return 0, err
	}
	if err := os.Chdir(dir); err != nil {
		return 0, fmt.Errorf("the working directory inside the lab: %w", err)
	}
	return Supervise(exec.Command(command[0], command[1:]...))
}

// Supervise runs a command that shares our terminal and process group, to its end. SIGINT and SIGQUIT reach it by the
// group and are ignored here; SIGTERM and SIGHUP are passed on; if we are killed, it gets SIGTERM.
func Supervise(cmd *exec.Cmd) (int, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, deaf...)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return 0, missing(cmd, err)
	}
	go func() {
		for s := range signals {
			if s == unix.SIGTERM || s == unix.SIGHUP {
				_ = cmd.Process.Signal(s)
			}
		}
	}()
	err := cmd.Wait()
	if cmd.ProcessState == nil {
		return 0, err
	}
	return code(cmd.ProcessState), nil
}

func missing(cmd *exec.Cmd, err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("there is no command %q", cmd.Args[0])
	}
	return err
}

// children lists the children of a process by the kernel's own list.
func children(pid int) []int {
	content, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return nil
	}
	var all []int
	for _, field := range strings.Fields(string(content)) {
		if child, err := strconv.Atoi(field); err == nil {
			all = append(all, child)
		}
	}
	return all
}
