package process

import (
	"os/exec"
	"syscall"
	"time"
)

// grace is how long a process may take to end after SIGTERM.
const grace = 3 * time.Second

// child is one life of a process: from its start to its exit.
type child struct {
	cmd    *exec.Cmd
	exited chan struct{}
	err    error
}

func watch(cmd *exec.Cmd) *child {
	c := &child{cmd: cmd, exited: make(chan struct{})}
	go func() {
		c.err = cmd.Wait()
		close(c.exited)
	}()
	return c
}

// end asks the whole process group to end, then kills what is left of it.
func (c *child) end() {
	c.signal(syscall.SIGTERM)
	select {
	case <-c.exited:
	case <-time.After(grace):
	}
	c.signal(syscall.SIGKILL)
	<-c.exited
}

// signal ignores the answer: a process that is gone already is what was asked for.
func (c *child) signal(s syscall.Signal) {
	_ = syscall.Kill(-c.cmd.Process.Pid, s)
}

// outcome says in words how the process ended.
func (c *child) outcome() string {
	if c.err == nil {
		return "exit status 0"
	}
	return c.err.Error()
}
