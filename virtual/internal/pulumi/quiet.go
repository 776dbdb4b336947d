package pulumi

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// quiet runs the engine for its output; its messages are part of the error when it fails.
func (e Engine) quiet(dir string, stdin []byte, arguments ...string) ([]byte, error) {
	cmd := exec.Command(e.program(), append(arguments, "--non-interactive")...)
	var out, messages bytes.Buffer
	cmd.Dir, cmd.Env = dir, e.Environment(os.Environ())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(stdin), &out, &messages
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("pulumi %s: %w\n%s", strings.Join(arguments, " "), err, strings.TrimSpace(messages.String()))
	}
	return out.Bytes(), nil
}

// export returns the stack's state, with its secrets encrypted.
func (e Engine) export() ([]byte, error) {
	return e.quiet(e.In("project"), nil, "stack", "export", "--stack", e.Stack)
}
