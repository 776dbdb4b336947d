package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// The SDKs are kept in the repository, so that a person without Go and without the plugins can build the program.
func TestTheKeptSDKsAreThoseOfThePinnedPlugins(t *testing.T) {
	b, _ := built(t)
	generated := t.TempDir()
	if err := b.SDKs(t.Context(), "../components/starbase/sdk-tokens.txt", generated); err != nil {
		t.Fatal(err)
	}
	if differ := differing(t, "../sdks", generated); len(differ) > 0 {
		t.Errorf("./lab sdk would write %d files otherwise, as %s: run it, and commit sdks/", len(differ), differ[0])
	}
}

func TestAFileThatDiffersIsMissingOrTooManyIsFound(t *testing.T) {
	one, other := t.TempDir(), t.TempDir()
	write(t, filepath.Join(one, "same"), "x")
	write(t, filepath.Join(other, "same"), "x")
	write(t, filepath.Join(one, "content"), "x")
	write(t, filepath.Join(other, "content"), "y")
	write(t, filepath.Join(one, "missing"), "x")
	write(t, filepath.Join(other, "more"), "x")
	if got, want := differing(t, one, other), []string{"content", "missing", "more"}; !slices.Equal(got, want) {
		t.Errorf("got %v; want %v", got, want)
	}
}

// differing names the files that are not the same in both folders, in the order of their names.
func differing(t *testing.T, one, other string) []string {
	t.Helper()
	var differ []string
	ones, others := filesBelow(t, one), filesBelow(t, other)
	for name, content := range ones {
		if its, ok := others[name]; !ok || its != content {
			differ = append(differ, name)
		}
	}
	for name := range others {
		if _, ok := ones[name]; !ok {
			differ = append(differ, name)
		}
	}
	slices.Sort(differ)
	return differ
}

func filesBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files[name] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
