package pulumi

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// plugins are the engine's plugins: the name that the engine knows, and the part that is built for it.
var plugins = []struct{ name, part string }{
	{"proxmoxve", "proxmox-plugin"},
	{"command", "command-plugin"},
	{"kubernetes", "kubernetes-plugin"},
}

// plugins installs the plugins that were built, as a person on hardware installs the published ones: by the engine's own
// command, under their pinned versions. A newly built one takes the place of the old.
func (e Engine) plugins() error {
	for _, p := range plugins {
		if err := e.plugin(p.name, p.part); err != nil {
			return err
		}
	}
	return nil
}

func (e Engine) plugin(name, part string) error {
	version, err := e.Version(part)
	if err != nil {
		return err
	}
	built, err := filepath.EvalSymlinks(e.Program("pulumi-resource-" + name))
	if err != nil {
		return fmt.Errorf("a part of the lab is not built (./lab build makes it): %w", err)
	}
	info, err := os.Stat(built)
	if err != nil {
		return err
	}
	identity := fmt.Sprintf("%s %s %d %s\n", version, built, info.Size(), info.ModTime())
	record := e.In("home", name+"-plugin")
	if installed, err := os.ReadFile(record); err == nil && string(installed) == identity {
		return nil
	}
	release, err := e.alone("plugins.lock")
	if err != nil {
		return err
	}
	defer release()
	if _, err := e.quiet(e.Folder, nil, "plugin", "install", "resource", name, strings.TrimPrefix(version, "v"),
		"--file", built, "--reinstall"); err != nil {
		return fmt.Errorf("the %s plugin could not be installed: %w", name, err)
	}
	return os.WriteFile(record, []byte(identity), 0o600)
}
