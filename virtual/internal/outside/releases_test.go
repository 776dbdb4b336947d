package outside_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"starbase.example/virtual/internal/outside"
)

// published is a world that publishes plugins with a content of the test's own.
func published(t *testing.T, names ...string) *outside.World {
	t.Helper()
	world, programs := served(t), t.TempDir()
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(programs, "pulumi-resource-"+name), []byte("the plugin "+name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := world.Publish(programs, modules(t)); err != nil {
		t.Fatal(err)
	}
	return world
}

// archiveOf is the file of a plugin's release, and its version.
func archiveOf(t *testing.T, name string) (file, tag string) {
	t.Helper()
	part := map[string]string{"proxmoxve": "proxmox-plugin"}[name]
	if part == "" {
		part = name + "-plugin"
	}
	tag = "v" + strings.TrimPrefix(version(t, part), "v")
	return fmt.Sprintf("pulumi-resource-%s-%s-%s-%s.tar.gz", name, tag, runtime.GOOS, runtime.GOARCH), tag
}

func holdsPlugin(t *testing.T, archive []byte, name string) {
	t.Helper()
	packed, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	files := tar.NewReader(packed)
	header, err := files.Next()
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(files)
	if err != nil {
		t.Fatal(err)
	}
	if header.Name != "pulumi-resource-"+name || header.Mode != 0o755 || string(content) != "the plugin "+name {
		t.Errorf("the archive has %s (mode %o): %q", header.Name, header.Mode, content)
	}
}

func TestPulumisOwnPluginsAreAtTheAddressOfTheirReleases(t *testing.T) {
	world := published(t, "kubernetes", "command")
	for _, name := range []string{"kubernetes", "command"} {
		file, tag := archiveOf(t, name)
		status, archive := get(t, world, "https://github.com/pulumi/pulumi-"+name+"/releases/download/"+tag+"/"+file)
		if status != http.StatusOK {
			t.Fatalf("%s: %d %s", name, status, archive)
		}
		holdsPlugin(t, archive, name)
	}
}

func TestAnotherPublishersPluginIsFoundThroughGitHubsAPI(t *testing.T) {
	world := published(t, "proxmoxve")
	file, tag := archiveOf(t, "proxmoxve")
	status, body := get(t, world, "https://api.github.com/repos/muhlba91/pulumi-proxmoxve/releases/tags/"+tag)
	var found struct {
		Assets []struct{ Name, URL string }
	}
	if err := json.Unmarshal(body, &found); status != http.StatusOK || err != nil || len(found.Assets) != 1 || found.Assets[0].Name != file {
		t.Fatalf("%d %s", status, body)
	}
	status, archive := get(t, world, found.Assets[0].URL)
	if status != http.StatusOK {
		t.Fatalf("%d %s", status, archive)
	}
	holdsPlugin(t, archive, "proxmoxve")
}

func TestAReleaseThatWasNotBuiltAndAnotherVersionAreNotThere(t *testing.T) {
	world := published(t, "kubernetes")
	command, tag := archiveOf(t, "command")
	for _, url := range []string{
		"https://github.com/pulumi/pulumi-command/releases/download/" + tag + "/" + command,
		"https://github.com/pulumi/pulumi-kubernetes/releases/download/v0.0.1/pulumi-resource-kubernetes-v0.0.1-linux-amd64.tar.gz",
		"https://api.github.com/repos/muhlba91/pulumi-proxmoxve/releases/tags/v0.0.1",
	} {
		if status, body := get(t, world, url); status != http.StatusNotFound || !strings.Contains(string(body), "does not have "+url) {
			t.Errorf("%s: %d %s", url, status, body)
		}
	}
}
