package space

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// InitVerb is the hidden verb by which this program becomes init: `starbase-lab init FOLDER ARG…`.
const InitVerb = "init"

// Start makes the namespaces and in them init, which starts this program with the given arguments as the daemon.
// It returns when the daemon has been started.
func (s Space) Start(daemon []string) error {
	if err := os.MkdirAll(filepath.Join(s.Folder, "logs"), 0o700); err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(s.Folder, "logs", "lab.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	answer, report, err := os.Pipe()
	if err != nil {
		return err
	}
	defer answer.Close()

	cmd := exec.Command(self, append([]string{InitVerb, s.Folder}, daemon...)...)
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles, cmd.Dir = log, log, []*os.File{report}, "/"
	cmd.SysProcAttr = namespaces()
	err = cmd.Start()
	report.Close()
	if err != nil {
		return refused(err)
	}
	return heard(answer, cmd)
}

// namespaces maps the caller to root inside and nobody else; setgroups stays denied, as the kernel wants it for that.
func namespaces() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Setsid: true,
		Cloneflags: unix.CLONE_NEWUSER | unix.CLONE_NEWNET | unix.CLONE_NEWNS | unix.CLONE_NEWPID |
			unix.CLONE_NEWUTS | unix.CLONE_NEWIPC,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
}

// heard reads init's report: "ok", or what went wrong.
func heard(answer io.Reader, cmd *exec.Cmd) error {
	report, err := io.ReadAll(answer)
	if err == nil && string(report) == reportOK {
		return cmd.Process.Release()
	}
	ended := cmd.Wait()
	if text := strings.TrimSpace(string(report)); text != "" {
		return refused(errors.New(text))
	}
	return fmt.Errorf("the lab's first process ended at once: %w", ended)
}
