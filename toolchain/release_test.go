package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// A person with hardware gets each plugin as its publisher released it. These tests hold the built ones against that.

// releases are the commits of the release tags of plugins whose modules carry no version of their own.
var releases = map[string]struct{ release, commit string }{
	"kubernetes-plugin": {"4.25.0", "f47bc2d6f199"}, // github.com/pulumi/pulumi-kubernetes, tag v4.25.0
}

// otherThanReleased are the plugins that are built from something else than what their release is made of, each with the
// page that says why, and what differs.
var otherThanReleased = map[string]string{
	"command-plugin": "command-plugin.md",
	"proxmox-plugin": "proxmox-plugin.md",
}

func TestEveryPluginIsBuiltFromTheCommitOfItsReleaseOrAPageSaysWhyNot(t *testing.T) {
	for _, p := range parts {
		if p.Plugin == "" {
			continue
		}
		if page, excepted := otherThanReleased[p.Name]; excepted {
			if _, err := os.Stat(filepath.Join("..", "docs", "decisions", page)); err != nil {
				t.Errorf("%s: %v", p.Name, err)
			}
			continue
		}
		version, release := pinOf(t, p)
		if !module.IsPseudoVersion(version) {
			continue
		}
		commit, err := module.PseudoVersionRev(version)
		if err != nil {
			t.Fatal(err)
		}
		if want := releases[p.Name]; release != want.release || commit != want.commit {
			t.Errorf("%s is pinned to commit %s as release %s; known is release %s, whose tag is commit %s: look up the tag's commit, pin it, and write it here",
				p.Name, commit, release, want.release, want.commit)
		}
	}
}

// pinOf is the version of the part's module as Go knows it, and the release that it stands for.
func pinOf(t *testing.T, p Part) (version, release string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("parts", p.Name, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range file.Require {
		if r.Mod.Path == p.Module {
			version = r.Mod.Version
		}
	}
	if release, err = p.version("."); err != nil {
		t.Fatal(err)
	}
	return version, release
}

// The SDK is generated from the built plugin's schema, so the program can give no input that this test does not know.
func TestThePublishedCommandPluginTakesEveryInputOfTheBuiltOne(t *testing.T) {
	type resource struct {
		InputProperties map[string]map[string]any
		RequiredInputs  []string
	}
	data, err := os.ReadFile("testdata/command-inputs.json")
	if err != nil {
		t.Fatal(err)
	}
	var published resource
	if err := json.Unmarshal(data, &published); err != nil {
		t.Fatal(err)
	}
	b, _ := built(t)
	plugin, err := partNamed("command-plugin")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := b.schema(t.Context(), plugin)
	if err != nil {
		t.Fatal(err)
	}
	var built struct{ Resources map[string]resource }
	if err := json.Unmarshal(schema, &built); err != nil {
		t.Fatal(err)
	}
	command := built.Resources["command:local:Command"]
	if len(command.InputProperties) == 0 {
		t.Fatal("the built plugin's schema has no command:local:Command")
	}
	for name, input := range command.InputProperties {
		delete(input, "description")
		if !reflect.DeepEqual(input, published.InputProperties[name]) {
			t.Errorf("input %s: built %v, published %v", name, input, published.InputProperties[name])
		}
	}
	if strings.Join(command.RequiredInputs, " ") != strings.Join(published.RequiredInputs, " ") {
		t.Errorf("required: built %v, published %v", command.RequiredInputs, published.RequiredInputs)
	}
}
