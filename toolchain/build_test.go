package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestEveryPartHasAVersionInItsOwnPins(t *testing.T) {
	for _, p := range parts {
		if v, err := p.version("."); err != nil || v == "" {
			t.Errorf("%s: %q, %v", p.Name, v, err)
		}
	}
}

func TestAPseudoVersionsReleaseIsReadFromTheCommentBehindIt(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "parts", "x", "go.mod"), `module x

require (
	example.com/released v1.0.0
	example.com/pseudo v0.0.0-20260115033456-f47bc2d6f199 // = 4.25.0
)
`)
	for module, want := range map[string]string{"example.com/released": "v1.0.0", "example.com/pseudo": "4.25.0"} {
		if got, err := (Part{Name: "x", Module: module}).version(root); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", module, got, err, want)
		}
	}
	if _, err := (Part{Name: "x", Module: "example.com/missing"}).version(root); err == nil {
		t.Error("a module that is not required has a version")
	}
}

func TestTheKeyChangesWithEachFileAndSetting(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "one")
	first := key(t, dir, "tags")
	if again := key(t, dir, "tags"); again != first {
		t.Errorf("the same files have keys %s and %s", first, again)
	}
	if other := key(t, dir, "other tags"); other == first {
		t.Error("other settings have the same key")
	}
	write(t, filepath.Join(dir, "go.mod"), "two")
	if other := key(t, dir, "tags"); other == first {
		t.Error("another content has the same key")
	}
}

func TestABrokenBuildLeavesNothingInPlace(t *testing.T) {
	done := filepath.Join(t.TempDir(), "part", "key")
	broken := errors.New("the compiler said no")
	err := intoPlace(done, func(dir string) error {
		write(t, filepath.Join(dir, "half"), "")
		return broken
	})
	if !errors.Is(err, broken) {
		t.Errorf("error: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(done))
	if err != nil || len(entries) != 0 {
		t.Errorf("left: %v, %v", entries, err)
	}
}

func TestWhoeverIsFasterWins(t *testing.T) {
	done := filepath.Join(t.TempDir(), "key")
	err := intoPlace(done, func(dir string) error {
		write(t, filepath.Join(done, "theirs"), "")
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(done, "theirs")); err != nil {
		t.Error(err)
	}
}

func key(t *testing.T, dir string, settings ...string) string {
	t.Helper()
	k, err := keyOf(dir, settings...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
