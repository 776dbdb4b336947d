package pulumi

import (
	"encoding/json"
	"maps"
	"os"
	"strings"
	"testing"

	"starbase.example/virtual/internal/settings"
)

// TestTheEnginesHomeHasEveryPluginUnderItsPinnedVersionAndNoLogs uses the real engine and plugins: STARBASE_BIN and STARBASE_MODULES
// name the folders they and their versions are in.
func TestTheEnginesHomeHasEveryPluginUnderItsPinnedVersionAndNoLogs(t *testing.T) {
	bin, modules := os.Getenv("STARBASE_BIN"), os.Getenv("STARBASE_MODULES")
	if bin == "" || modules == "" {
		t.Fatal("STARBASE_BIN and STARBASE_MODULES are not set: they name the folders of the built programs and of their versions, and ./lab test sets them")
	}
	e := Engine{settings.Settings{Root: t.TempDir(), Stack: "lab", Folder: t.TempDir(), Bin: bin, Modules: modules}}
	want := map[string]string{}
	for name, part := range map[string]string{"command": "command-plugin", "kubernetes": "kubernetes-plugin", "proxmoxve": "proxmox-plugin"} {
		version, err := e.Version(part)
		if err != nil {
			t.Fatal(err)
		}
		want[name] = strings.TrimPrefix(version, "v")
	}
	logs := e.In("home", ".pulumi", "logs")
	if err := os.MkdirAll(logs+"/of-an-older-lab", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := e.Prepare(); err != nil {
		t.Fatal(err)
	}
	out, err := e.quiet(e.Folder, nil, "plugin", "ls", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var installed []struct{ Name, Kind, Version string }
	if err := json.Unmarshal(out, &installed); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, plugin := range installed {
		got[plugin.Name] = plugin.Version
	}
	if !maps.Equal(got, want) {
		t.Errorf("installed: %v; want %v", got, want)
	}
	if info, err := os.Lstat(logs); err != nil || !info.Mode().IsRegular() || info.Size() > 0 {
		t.Errorf("the engine's logs: %v, %v; want an empty file, which no log can be in", info, err)
	}
}
