package pulumi

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"starbase.example/virtual/internal/plugins"
)

// plugins installs the plugins that were built, as a person on hardware installs the published ones: by the engine's own
// command, under their pinned versions. A newly built one takes the place of the old.
func (e Engine) plugins() error {
	for _, p := range plugins.All {
		if err := e.plugin(p); err != nil {
			return err
		}
	}
	return nil
}

func (e Engine) plugin(p plugins.Plugin) error {
	version, err := e.Version(p.Part)
	if err != nil {
		return err
	}
	built, err := filepath.EvalSymlinks(e.Program(p.Program()))
	if err != nil {
		return fmt.Errorf("a part of the lab is not built (./lab build makes it): %w", err)
	}
	info, err := os.Stat(built)
	if err != nil {
		return err
	}
	identity := fmt.Sprintf("%s %s %d %s\n", version, built, info.Size(), info.ModTime())
	record := e.In("home", p.Name+"-plugin")
	if installed, err := os.ReadFile(record); err == nil && string(installed) == identity {
		return nil
	}
	release, err := e.alone("plugins.lock")
	if err != nil {
		return err
	}
	defer release()
	if _, err := e.quiet(e.Folder, nil, "plugin", "install", "resource", p.Name, strings.TrimPrefix(version, "v"),
		"--file", built, "--reinstall"); err != nil {
		return fmt.Errorf("the %s plugin could not be installed: %w", p.Name, err)
	}
	return os.WriteFile(record, []byte(identity), 0o600)
}
