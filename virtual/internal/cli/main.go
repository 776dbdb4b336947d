// Package cli is the lab's commands.
package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"starbase.example/virtual/internal/sandbox"
	"starbase.example/virtual/internal/space"
)

// interrupted is the exit code of a command that Ctrl-C ended, as a shell reports it: 128 + SIGINT.
const interrupted = 130

// exitCode ends the program with another program's exit code; that one has spoken already.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// Main runs the program with its arguments, its own name first, and returns the exit code. By the name of pulumi it is
// the lab's Pulumi, and by its hidden verbs it plays its own parts inside the namespaces.
func Main(arguments []string) int {
	name, rest := filepath.Base(arguments[0]), arguments[1:]
	if name == "pulumi" {
		return ended(engine(rest))
	}
	if len(rest) > 0 {
		switch rest[0] {
		case space.InitVerb:
			return finished(space.Init(rest[1], rest[2:]))
		case space.InsideVerb:
			return finished(space.RunInside(rest[1], rest[2:]))
		case sandbox.Verb:
			sandbox.Main()
		case daemonVerb:
			return ended(daemon(rest[1], rest[2], rest[3]))
		case engineVerb:
			return ended(engine(rest[1:]))
		case convergeVerb:
			return ended(converge())
		case statusVerb:
			return ended(status())
		case destroyVerb:
			return ended(undo(rest[1:]))
		case curlVerb:
			return ended(trustingCurl(rest[1:]))
		}
	}
	root := commands()
	root.SetArgs(rest)
	return ended(root.Execute())
}

// passed turns the outcome of another program into ours.
func passed(code int, err error) error {
	if err == nil && code != 0 {
		return exitCode(code)
	}
	return err
}

func finished(code int, err error) int { return ended(passed(code, err)) }

func ended(err error) int {
	var code exitCode
	switch {
	case err == nil:
		return 0
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(os.Stderr, "Interrupted. The same command goes on from here; ./lab down ends the lab and removes it.")
		return interrupted
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}
