package cli

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	labs "starbase.example/virtual/internal/lab"
	"starbase.example/virtual/internal/space"
)

func shell(l lab, arguments []string) error {
	program := os.Getenv("SHELL")
	if program == "" {
		program = "/bin/sh"
	}
	return named(program)(l, arguments)
}

func execute(l lab, arguments []string) error {
	if len(arguments) > 0 && arguments[0] == "--" {
		arguments = arguments[1:]
	}
	if len(arguments) == 0 {
		return errors.New("exec needs a command: ./lab exec -- COMMAND ARG…")
	}
	return named()(l, arguments)
}

// named runs a program of the lab, with words of ours before the person's.
func named(words ...string) func(lab, []string) error {
	return func(l lab, arguments []string) error {
		if err := l.running(); err != nil {
			return err
		}
		if err := l.engine().Prepare(); err != nil {
			return err
		}
		return l.enterHere(append(slices.Clone(words), arguments...)...)
	}
}

// doctor is the program's own, inside.
func doctor(l lab, arguments []string) error {
	return named(l.program("doctor")...)(l, arguments)
}

// drift is the program's own, inside, in the project's folder.
func drift(l lab, arguments []string) error {
	if err := l.running(); err != nil {
		return err
	}
	return l.enter(l.Root, append(l.program("drift"), arguments...)...)
}

// program is the command line of one of the program's own commands.
func (l lab) program(words ...string) []string {
	return append([]string{"java", "-jar", filepath.Join(l.Root, "target", "starbase.jar")}, words...)
}

// preview needs no running lab: without one it gets a network and an outside world for its own time, and no machines.
func preview(l lab, arguments []string) error {
	if err := l.engine().Known(); err != nil {
		return err
	}
	command, err := self(engineVerb, append([]string{"preview"}, arguments...)...)
	if err != nil {
		return err
	}
	if l.running() == nil {
		return l.enter(l.Root, command...)
	}
	l.space = space.Space{Folder: filepath.Join(l.Folder, "preview")}
	return l.alone(func() error {
		if err := l.start(labs.OutsideOnly); err != nil {
			return err
		}
		return errors.Join(l.enter(l.Root, command...), l.space.Stop(0))
	})
}
