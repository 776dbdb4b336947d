// Package pulumi runs the real Pulumi engine for a lab: with a home, a backend, plugins and a passphrase of the lab's
// own, on a copy of the stack file, at a low priority, and after clearing what a killed run left behind.
//
// Every way to the engine leads through Run: ./lab up, ./lab pulumi, and plain pulumi inside ./lab shell.
package pulumi

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
	"starbase.example/virtual/internal/settings"
	"starbase.example/virtual/internal/space"
)

// lower is what the engine and its children yield to the control planes: under the load of a program that starts, an
// operator would otherwise lose its lease.
const lower = 10

// Engine is the Pulumi engine of one lab.
type Engine struct {
	settings.Settings
}

// Run runs pulumi in the working directory with the given arguments, as the person typed them, and returns its exit
// code. It runs inside the lab.
func (e Engine) Run(arguments []string) (int, error) {
	call := understand(arguments)
	if err := e.Prepare(); err != nil {
		return 0, err
	}
	if !call.ofStack || !e.ourProject() {
		return e.exec(arguments, nil)
	}
	if err := e.prepareStack(); err != nil {
		return 0, err
	}
	if !call.writes {
		return e.exec(arguments, e.options())
	}
	return e.write("pulumi "+call.verb, arguments)
}

// write is a run that changes the state.
func (e Engine) write(what string, arguments []string) (int, error) {
	return e.writing(what, func() (int, error) { return e.exec(arguments, e.options()) })
}

// writing changes the state: one at a time, and never on top of a killed run's remains.
func (e Engine) writing(what string, run func() (int, error)) (int, error) {
	lock, err := e.lock(what)
	if err != nil {
		return 0, err
	}
	defer lock.release()
	if err := e.repair(lock, what); err != nil {
		return 0, err
	}
	if err := lock.mark(what); err != nil {
		return 0, err
	}
	code, err := run()
	if err == nil && code == 0 {
		err = lock.clear()
	}
	return code, err
}

// options gives flags to the engine by its environment, where flags that the person typed come before them.
// The plugins are installed already; looking for them again would ask the internet.
func (e Engine) options() []string {
	return []string{"PULUMI_OPTION_CONFIG_FILE=" + e.stackFile(), "PULUMI_OPTION_SKIP_PLUGIN_PRE_INSTALL=true"}
}

// exec hands the terminal to the engine until it ends.
func (e Engine) exec(arguments, options []string) (int, error) {
	// Only this thread gets the lower priority, and by it what is started from it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	current, err := unix.Getpriority(unix.PRIO_PROCESS, 0)
	if err != nil {
		return 0, fmt.Errorf("our own priority: %w", err)
	}
	// The system call answers 20 minus the value, so that it is never negative.
	if err := unix.Setpriority(unix.PRIO_PROCESS, 0, min(20-current+lower, 19)); err != nil {
		return 0, fmt.Errorf("a lower priority for the engine: %w", err)
	}
	temporary, err := e.temporary()
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(temporary)
	cmd := exec.Command(e.program(), arguments...)
	cmd.Env = append(append(os.Environ(), options...), engineMark+"="+e.Folder, "TMPDIR="+temporary)
	return space.Supervise(cmd)
}

// temporary makes a folder for the temporary files of this run, and removes those of runs that were killed. The Kubernetes
// plugin writes the kubeconfig there, with the key of the cluster's administrator, and never removes it.
func (e Engine) temporary() (string, error) {
	left, _ := filepath.Glob(e.In("tmp", "run-*")) // the pattern is a good one
	for _, folder := range left {
		process := filepath.Join("/proc", strings.TrimPrefix(filepath.Base(folder), "run-"))
		if _, err := os.Stat(process); errors.Is(err, os.ErrNotExist) {
			if err := os.RemoveAll(folder); err != nil {
				return "", err
			}
		}
	}
	folder := e.In("tmp", fmt.Sprintf("run-%d", os.Getpid()))
	return folder, os.MkdirAll(folder, 0o700)
}

// program is the real pulumi; its language host lies beside it, where the engine looks for it first.
func (e Engine) program() string { return e.In("engine", "pulumi") }
