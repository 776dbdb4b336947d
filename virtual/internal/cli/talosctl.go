package cli

import (
	"errors"
	"os"
)

// talosctl runs with the talosconfig that the stack hands out.
func talosctl(l lab, arguments []string) error {
	if err := l.running(); err != nil {
		return err
	}
	outputs, err := l.engine().Outputs(true)
	if err != nil {
		return err
	}
	talosconfig, ok := outputs["talosconfig"].(string)
	if !ok {
		return errors.New("the stack has no output talosconfig: either ./lab up has not come that far, or its cluster does not run Talos (starbase:cluster.kind)")
	}
	file := l.In("talosconfig")
	if err := os.WriteFile(file, []byte(talosconfig), 0o600); err != nil {
		return err
	}
	return named("talosctl", "--talosconfig", file)(l, arguments)
}
