package sandbox

import (
	"os/exec"
	"syscall"
	"time"
)

// Process is a container's running program.
type Process struct {
	cmd  *exec.Cmd
	done chan struct{}
	exit Exit
}

// Exit is how a container ended.
type Exit struct {
	// Code is the exit code; 128 plus the signal's number when one ended it, as container runtimes say.
	Code int
	// Signal is the number of the signal that ended it, or 0.
	Signal   int
	Finished time.Time
}

// watch waits for the process in the background, so that it is always reaped.
func watch(cmd *exec.Cmd) *Process {
	p := &Process{cmd: cmd, done: make(chan struct{})}
	go func() {
		// The error repeats what ProcessState says, or that output could not be
		// written: no reason to call the program failed.
		_ = cmd.Wait()
		p.exit = Exit{Code: 137, Finished: time.Now()}
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok {
			p.exit.Code = status.ExitStatus()
			if status.Signaled() {
				p.exit.Signal = int(status.Signal())
				p.exit.Code = 128 + p.exit.Signal
			}
		}
		close(p.done)
	}()
	return p
}

// PID is the process id as the lab sees it.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Done is closed when the program has ended and its output is written.
func (p *Process) Done() <-chan struct{} { return p.done }

// Exit is how the program ended; it waits for the end.
func (p *Process) Exit() Exit {
	<-p.done
	return p.exit
}

// Stop sends SIGTERM, waits for the grace period and then kills the container.
func (p *Process) Stop(grace time.Duration) Exit {
	p.signal(syscall.SIGTERM)
	select {
	case <-p.done:
	case <-time.After(grace):
		p.Kill()
	}
	return p.Exit()
}

// Kill ends all processes of the container: its first process takes the
// others of its PID namespace along.
func (p *Process) Kill() {
	p.signal(syscall.SIGKILL)
}

// signal ignores the one possible error, that the process has ended already.
func (p *Process) signal(s syscall.Signal) {
	_ = p.cmd.Process.Signal(s)
}
