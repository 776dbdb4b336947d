package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestAGeneratorsFilesAreEmbeddedAndKeptBesideTheBinaries(t *testing.T) {
	b := builderOf(t, map[string]string{
		"go.mod":           "module part\n\ngo 1.26\n\nrequire example.com/upstream v1.0.0 // = 8.3.0\n\nreplace example.com/upstream => ./upstream\n",
		"upstream/go.mod":  "module example.com/upstream\n",
		"generate/main.go": "package main\n\nimport \"os\"\n\nvar version string\n\nfunc main() {\n\tos.WriteFile(\"schema.json\", []byte(os.Args[1]+\" \"+version), 0o644)\n\tos.WriteFile(\"stray.yaml\", nil, 0o644)\n}\n",
		"main.go":          "package main\n\nimport (\n\t_ \"embed\"\n\t\"os\"\n)\n\n//go:embed schema.json\nvar schema string\n\nfunc main() { os.Stdout.WriteString(schema) }\n",
	})
	dir, err := b.Build(t.Context(), Part{
		Name:            "part",
		Module:          "example.com/upstream",
		Binaries:        []Binary{{"plugin", "."}},
		VersionVariable: "main.version",
		Generator:       Generator{Package: "./generate", Arguments: []string{"schema"}, Files: []string{"schema.json"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(filepath.Join(dir, "plugin")).Output()
	if err != nil || string(out) != "schema 8.3.0" {
		t.Errorf("the plugin has embedded %q, %v", out, err)
	}
	kept, err := os.ReadFile(filepath.Join(dir, "schema.json"))
	if err != nil || string(kept) != "schema 8.3.0" {
		t.Errorf("kept: %q, %v", kept, err)
	}
	if got := namesIn(t, dir); !slices.Equal(got, []string{"plugin", "schema.json"}) {
		t.Errorf("the part's folder has %v", got)
	}
}

func TestWhatAGeneratorSaysAsItFailsIsPassedOn(t *testing.T) {
	b := builderOf(t, map[string]string{
		"go.mod":           "module part\n\ngo 1.26\n\nrequire example.com/upstream v1.0.0\n\nreplace example.com/upstream => ./upstream\n",
		"upstream/go.mod":  "module example.com/upstream\n",
		"generate/main.go": "package main\n\nfunc main() { panic(\"no such resource\") }\n",
	})
	_, err := b.Build(t.Context(), Part{Name: "part", Module: "example.com/upstream", Generator: Generator{Package: "./generate"}})
	if err == nil || !strings.Contains(err.Error(), "the files of part could not be generated") || !strings.Contains(err.Error(), "no such resource") {
		t.Errorf("error: %v", err)
	}
}

// builderOf has one part with these files, and the compile cache of the tests themselves.
func builderOf(t *testing.T, files map[string]string) Builder {
	t.Helper()
	root, cache := t.TempDir(), t.TempDir()
	for path, content := range files {
		write(t, filepath.Join(root, "parts", "part", path), content)
	}
	compiled, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	b := Builder{Root: root, Cache: cache, Say: t.Logf}
	if err := os.Symlink(strings.TrimSpace(string(compiled)), b.compileCache()); err != nil {
		t.Fatal(err)
	}
	return b
}

func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
