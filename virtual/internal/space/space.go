// Package space makes the lab's own world without root: user, network, mount, process, host-name and IPC namespaces.
//
// The program re-executes itself as the first process (init) in them, in a session of its own, so that the lab outlives
// the command that started it. Everything in the lab is a descendant of init in one process namespace: when init ends,
// for whatever reason, the kernel ends all of it, and mounts and network namespaces vanish with it.
package space

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// Space is the lab's world; Folder holds its record, its log and the files that it mounts over the system's.
type Space struct {
	Folder string
}

// Running returns the record of the living init; ok is false when there is none.
func (s Space) Running() (run Run, ok bool) {
	run, err := readRun(s.runFile())
	return run, err == nil && run.alive()
}

// Stop ends everything: it asks init to end, and after a grace of patience kills it. Nothing running is no error.
func (s Space) Stop(patience time.Duration) error {
	run, ok := s.Running()
	if !ok {
		return nil
	}
	for _, step := range []struct {
		signal unix.Signal
		wait   time.Duration
	}{{unix.SIGTERM, patience}, {unix.SIGKILL, 10 * time.Second}} {
		if err := unix.Kill(run.PID, step.signal); err != nil && !errors.Is(err, unix.ESRCH) {
			return fmt.Errorf("the lab's first process (%d) can't be ended: %w", run.PID, err)
		}
		for end := time.Now().Add(step.wait); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			run.wakeEntrants() // before the look: one that sleeps before it has joined the lab doesn't keep init alive
			if !run.alive() {
				return nil
			}
		}
	}
	return fmt.Errorf("the lab's first process (%d) does not end, not even when killed", run.PID)
}

func (s Space) runFile() string         { return filepath.Join(s.Folder, "run.json") }
func (s Space) file(name string) string { return filepath.Join(s.Folder, "etc", name) }

// Hosts is the file that stands at /etc/hosts inside. It is mounted, so it must be changed in place, never replaced.
func (s Space) Hosts() string { return s.file("hosts") }
