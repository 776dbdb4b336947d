// Package process runs the lab's real parts: a child process with its log file, its network namespace and its
// priority, watched until it is ready and, where asked for, started again whenever it exits.
package process

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Starter starts a command; a network namespace is one, so that a process begins its life inside it.
type Starter interface {
	Start(cmd *exec.Cmd) error
}

// Spec says what to run and when it counts as started.
type Spec struct {
	// Name is what people read in messages.
	Name string
	// Path is the binary; Args come after it.
	Path string
	Args []string
	// Env is the whole environment; nil inherits the caller's.
	Env []string
	// Dir is the working directory; empty means the caller's.
	Dir string
	// Log is the file that collects stdout and stderr; lines are appended.
	Log string
	// Nice is added to the priority value, 0 to 19; higher means that others go first.
	Nice int
	// In is where the process starts; nil means the caller's own namespaces.
	In Starter
	// Ready is polled until it returns nil; nil means that a started process is ready.
	Ready func(ctx context.Context) error
	// Deadline limits the wait for Ready; 0 means one minute.
	Deadline time.Duration
	// Restart starts the process again, with a growing pause, whenever it exits after it was ready once.
	Restart bool
}

// Process is a running child. It ends when the context given to Start ends: first SIGTERM, then SIGKILL.
type Process struct {
	spec  Spec
	stop  context.CancelFunc
	done  chan struct{}
	start int64
}

// Start runs the process and waits until it is ready. When it exits before that, or the deadline passes, it is ended
// and the error carries the last lines of its log.
func Start(ctx context.Context, spec Spec) (*Process, error) {
	life, stop := context.WithCancel(ctx)
	p := &Process{spec: spec, stop: stop, done: make(chan struct{}), start: size(spec.Log)}
	child, err := p.run()
	if err != nil {
		stop()
		return nil, err
	}
	if err := p.awaitReady(life, child); err != nil {
		child.end()
		stop()
		return nil, err
	}
	go p.supervise(life, child)
	return p, nil
}

// Stop ends the process and returns when it is gone.
func (p *Process) Stop() {
	p.stop()
	<-p.done
}

// Done is closed when the process has ended for good.
func (p *Process) Done() <-chan struct{} { return p.done }

func (p *Process) run() (*child, error) {
	log, err := os.OpenFile(p.spec.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("the log of %s: %w", p.spec.Name, err)
	}
	defer log.Close()
	cmd := command(p.spec)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	start := cmd.Start
	if p.spec.In != nil {
		start = func() error { return p.spec.In.Start(cmd) }
	}
	if err := start(); err != nil {
		return nil, fmt.Errorf("%s could not be started: %w", p.spec.Name, err)
	}
	return watch(cmd), nil
}

func command(spec Spec) *exec.Cmd {
	path, args := spec.Path, spec.Args
	if spec.Nice != 0 {
		// nice(1) rather than setpriority after the start: a process with threads would keep some at the old priority.
		path, args = "nice", append([]string{"-n", fmt.Sprint(spec.Nice), spec.Path}, spec.Args...)
	}
	cmd := exec.Command(path, args...)
	cmd.Env, cmd.Dir = spec.Env, spec.Dir
	return cmd
}
