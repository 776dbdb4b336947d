package space

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sys/unix"
)

const reportOK = "ok"

// Init is the whole life of the first process: it prepares the mounts, starts this program as the daemon with the given
// arguments, buries orphans, passes signals on and ends when the daemon ends, and with it everything in the lab.
// It returns the daemon's exit code.
func Init(folder string, daemon []string) (int, error) {
	report := os.NewFile(3, "report")
	unix.CloseOnExec(3)
	pid, err := prepare(Space{Folder: folder}, daemon)
	if err != nil {
		fmt.Fprint(report, err)
		return 1, err
	}
	fmt.Fprint(report, reportOK)
	report.Close()
	return reap(pid), nil
}

func prepare(s Space, daemon []string) (int, error) {
	if os.Getpid() != 1 {
		return 0, errors.New("init is the first process of a lab's namespaces and can't be called by hand")
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	run, err := ourselves()
	if err != nil {
		return 0, err
	}
	if err := s.mounts(); err != nil {
		return 0, err
	}
	if err := unix.Sethostname([]byte("starbase")); err != nil {
		return 0, fmt.Errorf("the host name: %w", err)
	}
	if err := run.write(s.runFile()); err != nil {
		return 0, err
	}
	child, err := os.StartProcess(self, append([]string{self}, daemon...),
		&os.ProcAttr{Env: os.Environ(), Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}})
	if err != nil {
		return 0, err
	}
	return child.Pid, nil
}

// reap waits for all children, those of others included that fell to init, until the daemon is among them.
func reap(daemon int) int {
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	go func() {
		for s := range signals {
			_ = syscall.Kill(daemon, s.(syscall.Signal))
		}
	}()
	for {
		var status syscall.WaitStatus
		pid, err := syscall.Wait4(-1, &status, 0, nil)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil || (pid == daemon && status.Exited()) {
			return status.ExitStatus()
		}
		if pid == daemon && status.Signaled() {
			return 128 + int(status.Signal())
		}
	}
}
