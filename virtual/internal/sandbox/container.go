// Package sandbox runs a real program as a pod's container: in the pod's
// network namespace, with mounts, host name, process ids and a root file
// system of its own, as far as an unprivileged user namespace allows.
//
// The lab's program re-executes itself with the hidden verb Verb; that child
// builds the container's root from inside and then becomes the real program.
// What a container image would bring besides the program is not there, and
// users other than root don't exist (the lab maps a single one).
package sandbox

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"starbase.example/virtual/internal/lan"
)

// Container says what to run and what it finds.
type Container struct {
	// Network is the pod's namespace, or the node's for hostNetwork.
	Network *lan.Namespace
	// Stdout and Stderr receive the program's output.
	Stdout, Stderr io.Writer
	View
}

// View is what the program sees; it travels to the child as JSON.
type View struct {
	// Root is an empty folder of the lab: the mount point of the container's
	// root, seen by the container only. Containers may share it.
	Root     string
	Hostname string
	// Program is the lab's file that is mounted as Args[0], an absolute path
	// inside the container. It must be statically linked.
	Program string
	Args    []string
	// Env holds NAME=value, the whole environment.
	Env []string
	// Dir is the working directory inside, "/" when empty.
	Dir string
	// Files maps absolute paths to contents: /etc/hosts and the like.
	Files map[string]string
	// Mounts are the pod's volumes.
	Mounts []Mount
}

// Mount shows a file or folder of the lab inside the container.
type Mount struct {
	Source   string
	Path     string
	ReadOnly bool
}

// Start starts the container's program. It returns once the program itself
// runs; an error says which step of the preparation failed.
func Start(c Container) (*Process, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	view, viewWriter, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	report, reportWriter, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer report.Close()
	cmd := exec.Command("/proc/self/exe", Verb)
	cmd.Env = []string{}
	cmd.Stdout, cmd.Stderr = c.Stdout, c.Stderr
	cmd.ExtraFiles = []*os.File{view, reportWriter}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
		Setsid:     true,
		// Containers must not outlive the lab's program even when it is killed.
		Pdeathsig: syscall.SIGKILL,
	}
	err = c.Network.Start(cmd)
	view.Close()
	reportWriter.Close()
	if err != nil {
		viewWriter.Close()
		return nil, fmt.Errorf("starting a container: %w", err)
	}
	p := watch(cmd)
	// Passed by a pipe, never by the command line: the environment holds secrets.
	sent := json.NewEncoder(viewWriter).Encode(c.View)
	viewWriter.Close()
	if problem, _ := io.ReadAll(report); len(problem) > 0 {
		<-p.Done()
		return nil, fmt.Errorf("preparing the container of %s: %s", c.Args[0], problem)
	}
	if sent != nil {
		p.Kill()
		return nil, fmt.Errorf("preparing the container of %s: %w", c.Args[0], sent)
	}
	return p, nil
}

func (c Container) check() error {
	if len(c.Args) == 0 || !filepath.IsAbs(c.Args[0]) {
		return fmt.Errorf("a container's first argument is the program's absolute path, got %q", c.Args)
	}
	for _, m := range c.Mounts {
		if !filepath.IsAbs(m.Path) || strings.Contains(m.Path, "..") {
			return fmt.Errorf("mount path %q must be absolute", m.Path)
		}
	}
	return nil
}
