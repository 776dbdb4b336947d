package space

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// InsideVerb is the hidden verb that runs a command inside: `starbase-lab inside DIR COMMAND ARG…`.
const InsideVerb = "inside"

// Enter runs a command in the lab with the caller's terminal, user and working directory, and returns its exit code.
//
// nsenter(1) changes the namespaces, since a Go program has threads and the kernel lets only a single thread change its
// user namespace. It is deaf to Ctrl-C, so that it waits for the command to end in its own way.
func (s Space) Enter(dir string, env, command []string) (int, error) {
	run, ok := s.Running()
	if !ok {
		return 0, ErrNotRunning
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	args := append([]string{"-t", strconv.Itoa(run.PID), "-U", "-n", "-m", "-p", "-i", "-u", "--preserve-credentials",
		self, InsideVerb, dir}, command...)
	cmd := exec.Command("nsenter", args...)
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = env, os.Stdin, os.Stdout, os.Stderr
	shared := terminal(os.Stdin)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: !shared, Pdeathsig: syscall.SIGKILL}
	return waitFor(cmd, shared)
}

// waitFor starts nsenter and passes signals on until it ends. With a terminal the command shares our process group and
// hears Ctrl-C itself; without one it has its own group and hears it from us: once in either case.
func waitFor(cmd *exec.Cmd, shared bool) (int, error) {
	runtime.LockOSThread() // the death signal goes by thread
	defer runtime.UnlockOSThread()
	signals := make(chan os.Signal, 8)
	signal.Ignore(deaf...)
	err := cmd.Start()
	signal.Notify(signals, deaf...)
	defer signal.Reset(deaf...)
	if err != nil {
		return 0, fmt.Errorf("nsenter (package util-linux) could not be started: %w", err)
	}
	go func() {
		for s := range signals {
			pass(s.(syscall.Signal), cmd.Process.Pid, shared)
		}
	}()
	err = cmd.Wait()
	signal.Stop(signals)
	close(signals)
	if cmd.ProcessState == nil {
		return 0, err
	}
	return code(cmd.ProcessState), nil
}

var deaf = []os.Signal{unix.SIGINT, unix.SIGQUIT, unix.SIGTERM, unix.SIGHUP}

func pass(s syscall.Signal, nsenter int, shared bool) {
	if s == unix.SIGINT || s == unix.SIGQUIT {
		if !shared {
			_ = unix.Kill(-nsenter, s)
		}
		return
	}
	for _, child := range children(nsenter) {
		_ = unix.Kill(child, s)
	}
}

func terminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}

func code(state *os.ProcessState) int {
	status := state.Sys().(syscall.WaitStatus)
	if status.Signaled() {
		return 128 + int(status.Signal())
	}
	return status.ExitStatus()
}
