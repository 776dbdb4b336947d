package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	labs "starbase.example/virtual/internal/lab"
	"starbase.example/virtual/internal/report"
	"starbase.example/virtual/internal/space"
	"starbase.example/virtual/internal/stackfile"
)

const (
	convergeVerb = "converge"
	statusVerb   = "show-status"
	engineVerb   = "engine"
)

// begin starts the lab alone: its hosts, network and outside world, in which a person can then do what README says for
// hardware.
func begin(l lab) error {
	if err := l.engine().Known(); err != nil {
		return err
	}
	// What the lab has to be stands in the file: a bad one is better refused before anything is started.
	if _, err := stackfile.Read(l.StackFile()); err != nil {
		return err
	}
	if err := l.engine().AdoptPassphrase(); err != nil {
		return err
	}
	return l.alone(func() error { return l.start(labs.Whole) })
}

func up(l lab) error {
	if err := begin(l); err != nil {
		return err
	}
	command, err := self(convergeVerb)
	if err != nil {
		return err
	}
	return l.enter(l.Root, command...)
}

func showStatus(l lab) error {
	command, err := self(statusVerb)
	if err != nil {
		return err
	}
	return l.enter(l.Root, command...)
}

// engine is the lab's Pulumi, inside.
func engine(arguments []string) error {
	return here(func(l lab) error { return passed(l.engine().Run(arguments)) })
}

// converge is the inner half of up.
func converge() error {
	return here(func(l lab) error {
		if err := passed(l.engine().Up()); err != nil {
			return err
		}
		return l.report()
	})
}

// status is the inner half of the verb status. After a destroy it fails and says that the lab has no cluster.
func status() error {
	return here(func(l lab) error {
		if _, err := l.cluster(); err != nil {
			return err
		}
		return l.report()
	})
}

// here is the lab that this process runs in.
func here(do func(l lab) error) error { return with(os.Getenv(stackVariable), do) }

// report shows the program's own view of what stands, with how each planned page answers, then what stood for what. It
// ends with the program's exit code: a planned page that does not answer fails the command.
func (l lab) report() error {
	words := l.program("status", "--stack-file", l.StackFile())
	code, err := space.Supervise(exec.Command(words[0], words[1:]...))
	if err != nil {
		return err
	}
	parts, err := labs.Client{Folder: l.space.Folder}.Parts(context.Background())
	if err != nil {
		return err
	}
	rows := make([][]string, len(parts))
	for i, p := range parts {
		rows[i] = []string{p.Name, p.Kind, p.How}
	}
	fmt.Println("\nWhat was real, and what was not")
	return errors.Join(report.Table(os.Stdout, []string{"PART", "IS", "HOW"}, rows), passed(code, nil))
}

func untilAsked() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
}
