package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// Verb is the hidden verb with which the lab's program calls itself to become
// a container. main must call Main when it is the first argument.
const Verb = "pod-exec"

// Main is the child's whole life up to becoming the container's program. It
// doesn't return: either the program runs in its place, or it exits with 127
// and has told the lab why.
func Main() {
	unix.CloseOnExec(4)
	report := os.NewFile(4, "report")
	if err := become(); err != nil {
		fmt.Fprint(report, err)
		os.Exit(127)
	}
}

func become() error {
	received := os.NewFile(3, "view")
	var view View
	if err := json.NewDecoder(received).Decode(&view); err != nil {
		return fmt.Errorf("%s is called by the lab, never by hand: %w", Verb, err)
	}
	received.Close()
	if err := unix.Sethostname([]byte(view.Hostname)); err != nil {
		return fmt.Errorf("host name %q: %w", view.Hostname, err)
	}
	if err := changeRoot(view); err != nil {
		return err
	}
	dir := view.Dir
	if dir == "" {
		dir = "/"
	}
	if err := os.Chdir(dir); err != nil {
		return fmt.Errorf("working directory: %w", err)
	}
	err := unix.Exec(view.Args[0], view.Args, view.Env)
	if errors.Is(err, unix.ENOENT) {
		return fmt.Errorf("running %s: %w (the file is there; its loader is not: %s must be statically linked)",
			view.Args[0], err, view.Program)
	}
	return fmt.Errorf("running %s: %w", view.Args[0], err)
}
