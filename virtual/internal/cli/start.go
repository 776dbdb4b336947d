package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	labs "starbase.example/virtual/internal/lab"
	"starbase.example/virtual/internal/locks"
	"starbase.example/virtual/internal/report"
	"starbase.example/virtual/internal/space"
)

const daemonVerb = "daemon"

// start sees to it that the lab runs. What an earlier one left behind is no hindrance: it goes on with its data.
func (l lab) start(scope labs.Scope) error {
	if _, ok := l.space.Running(); ok {
		err := l.client().Await(context.Background(), func(report.Step) {})
		if err == nil {
			fmt.Println("The virtual lab runs already.")
			return nil
		}
		if l.running() == nil {
			fmt.Fprintf(os.Stderr, "%v\nRestarting it.\n", err)
		}
		if err := l.space.Stop(0); err != nil {
			return err
		}
	}
	fmt.Println(map[labs.Scope]string{labs.Whole: "Starting the virtual lab",
		labs.OutsideOnly: "No lab runs: a network for the preview alone, without any machine"}[scope])
	begun := time.Now()
	if err := l.space.Start([]string{daemonVerb, l.Stack, l.space.Folder, string(scope)}); err != nil {
		return err
	}
	if err := l.client().Await(context.Background(), func(s report.Step) { s.Print(os.Stdout) }); err != nil {
		return errors.Join(err, l.space.Stop(0))
	}
	report.Step{Name: "lab ready", Ended: true, Took: time.Since(begun)}.Print(os.Stdout)
	return nil
}

// alone runs do while no other command starts or ends this lab. The lock lies beside the lab's folder, and `down` removes
// both.
func (l lab) alone(do func() error) error {
	file, err := l.locked()
	if err != nil {
		return err
	}
	defer file.Close()
	content := fmt.Sprintf("process %d, which starts or ends this lab since %s", os.Getpid(), time.Now().Format(time.TimeOnly))
	if err := errors.Join(file.Truncate(0), write(file, content)); err != nil {
		return err
	}
	return do()
}

func (l lab) lockFile() string { return l.Folder + ".lock" }

// locked waits for the lock. The one that it waited for may have removed the file: then another one counts.
func (l lab) locked() (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(l.Folder), 0o700); err != nil {
		return nil, err
	}
	for {
		file, err := os.OpenFile(l.lockFile(), os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return nil, err
		}
		err = locks.Take(file, func() {
			holder, _ := os.ReadFile(file.Name()) // best effort: the wait matters, not for whom
			fmt.Fprintf(os.Stderr, "Waiting for %s\n", holder)
		})
		if err != nil {
			return nil, errors.Join(err, file.Close())
		}
		held, errHeld := file.Stat()
		there, errThere := os.Stat(l.lockFile())
		if errHeld == nil && errThere == nil && os.SameFile(held, there) {
			return file, nil
		}
		file.Close()
	}
}

func write(file *os.File, content string) error {
	_, err := file.WriteAt([]byte(content), 0)
	return err
}

func daemon(stack, folder, scope string) error {
	return with(stack, func(l lab) error {
		ctx, stop := untilAsked()
		defer stop()
		return labs.Run(ctx, l.Settings, space.Space{Folder: folder}, labs.Scope(scope))
	})
}

// running refuses a verb that needs a lab when none runs.
func (l lab) running() error {
	if _, ok := l.space.Running(); !ok {
		return space.ErrNotRunning
	}
	return nil
}
