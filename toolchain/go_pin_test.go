package main

import (
	"go/version"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/mod/modfile"
)

func TestThePinnedGoIsNewEnoughForEveryModule(t *testing.T) {
	goMods := []string{filepath.Join("..", "virtual", "go.mod")}
	for _, p := range parts {
		if p.Wheel == "" {
			goMods = append(goMods, filepath.Join("parts", p.Name, "go.mod"))
		}
	}
	for _, path := range goMods {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := modfile.Parse(path, data, nil)
		if err != nil {
			t.Fatal(err)
		}
		if version.Compare("go"+file.Go.Version, pinnedGo) > 0 {
			t.Errorf("%s asks for Go %s, and the toolchain line of toolchain/go.mod pins %s: raise it", path, file.Go.Version, pinnedGo)
		}
		if file.Toolchain != nil {
			t.Errorf("%s has a toolchain line; the one of toolchain/go.mod counts for all", path)
		}
	}
}

func TestTheGoOnThePathDecidesNoKey(t *testing.T) {
	before := key(t, "parts/pebble")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go"), "#!/bin/sh\necho go version go9.9.9 linux/amd64\n")
	if err := os.Chmod(filepath.Join(dir, "go"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir)
	t.Setenv("GOTOOLCHAIN", "go9.9.9")
	if after := key(t, "parts/pebble"); after != before {
		t.Errorf("keys %s and %s", before, after)
	}
}
