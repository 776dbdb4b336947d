package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheCompilersCacheKeepsWhatTheLabNeedsAndWhatIsSmall(t *testing.T) {
	cache := t.TempDir()
	large := strings.Repeat("x", smallEntry)
	needed, other := sumOf("needed")+"-d", sumOf("other")+"-d"
	files := map[string]string{needed: large, other: large, sumOf("little") + "-d": "x", sumOf("action") + "-a": large, "README": large}
	for name, content := range files {
		write(t, filepath.Join(cache, "00", name), content)
	}
	if err := removeEntries(cache, map[string]bool{needed: true}); err != nil {
		t.Fatal(err)
	}
	for name := range files {
		_, err := os.Stat(filepath.Join(cache, "00", name))
		if kept := err == nil; kept != (name != other) {
			t.Errorf("%s: kept %v", name, kept)
		}
	}
}

func TestASmallCompilersCacheStays(t *testing.T) {
	b := Builder{Cache: t.TempDir()}
	write(t, filepath.Join(b.compileCache(), "00", sumOf("some")+"-d"), strings.Repeat("x", smallEntry))
	t.Setenv("PATH", "")
	if err := b.pruneCompileCache(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWithoutACompilersCacheThereIsNothingToGiveBack(t *testing.T) {
	if err := (Builder{Cache: filepath.Join(t.TempDir(), "none")}).pruneCompileCache(t.Context()); err != nil {
		t.Error(err)
	}
}
