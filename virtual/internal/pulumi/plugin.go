package pulumi

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// kubernetesPlugin installs the plugin that was built, as a person on hardware installs the published one: by the
// engine's own command, under its pinned version. A newly built one takes the place of the old.
func (e Engine) kubernetesPlugin() error {
	const name = "kubernetes"
	version, err := e.Version("kubernetes-plugin")
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
