package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

func TestTheKubernetesFamilySharesOneVersionOfEachModule(t *testing.T) {
	goMods := []string{filepath.Join("..", "virtual", "go.mod")}
	for _, p := range parts {
		if p.Family == Kubernetes {
			goMods = append(goMods, filepath.Join("parts", p.Name, "go.mod"))
		}
	}
	versions := map[string]map[string][]string{}
	for _, path := range goMods {
		for module, version := range modulesOf(t, path) {
			if versions[module] == nil {
				versions[module] = map[string][]string{}
			}
			versions[module][version] = append(versions[module][version], filepath.Base(filepath.Dir(path)))
		}
	}
	for _, module := range slices.Sorted(maps.Keys(versions)) {
		if len(versions[module]) > 1 {
			t.Errorf("%s has versions %v: whoever shares none compiles it, and all that imports it, again. Raise the lower ones: go get %s@VERSION",
				module, versions[module], module)
		}
	}
}

// modulesOf are the versions that a go.mod has compiled: a replaced one counts as its replacement's. Modules replaced by
// another path, or a folder, are nobody else's.
func modulesOf(t *testing.T, path string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, err := modfile.Parse(path, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	modules := map[string]string{}
	for _, r := range file.Require {
		modules[r.Mod.Path] = r.Mod.Version
	}
	for _, r := range file.Replace {
		if _, required := modules[r.Old.Path]; !required {
			continue
		}
		if r.New.Path == r.Old.Path {
			modules[r.Old.Path] = r.New.Version
		} else {
			delete(modules, r.Old.Path)
		}
	}
	return modules
}

func TestTheProgramUsesNothingThatTheKubernetesPluginIsBuiltWithout(t *testing.T) {
	tokens, err := readTokens("../components/starbase/sdk-tokens.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, wanted := range tokens["kubernetes"] {
		for _, untyped := range []string{"kubernetes:yaml", "kubernetes:helm.sh/v4", "kubernetes:kustomize"} {
			if strings.HasPrefix(wanted.Token, untyped) {
				t.Errorf("sdk-tokens.txt names %s, whose objects the trimmed plugin registers without the Go types of the published one: take the trim out of parts.go", wanted.Token)
			}
		}
	}
}
