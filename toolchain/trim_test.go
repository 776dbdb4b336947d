package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sumOfOne = "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806" // of "one\n"

func TestATrimTakesOutTheFilesItWasMadeFor(t *testing.T) {
	folder, module := trimOf(t, sumOfOne+"  pkg/kinds.go\n", "one\n")
	if err := removeOriginals(folder, module); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(module, "pkg", "kinds.go")); !os.IsNotExist(err) {
		t.Errorf("the original is still there: %v", err)
	}
}

func TestATrimThatWasMadeForAnotherFileSaysWhich(t *testing.T) {
	folder, module := trimOf(t, sumOfOne+"  pkg/kinds.go\n", "two\n")
	err := removeOriginals(folder, module)
	if err == nil || !strings.Contains(err.Error(), "pkg/kinds.go") || !strings.Contains(err.Error(), sumOfOne) || !strings.Contains(err.Error(), "adapt the trim") {
		t.Errorf("error: %v", err)
	}
}

func TestATrimOfAFileThatIsGoneSaysWhich(t *testing.T) {
	folder, module := trimOf(t, sumOfOne+"  pkg/renamed.go\n", "one\n")
	if err := removeOriginals(folder, module); err == nil || !strings.Contains(err.Error(), "no pkg/renamed.go any more") {
		t.Errorf("error: %v", err)
	}
}

func TestEveryTrimListsWhatItTakesOut(t *testing.T) {
	for _, p := range parts {
		for _, trim := range p.Trims {
			path := filepath.Join("parts", p.Name, trim.Folder, originals)
			if data, err := os.ReadFile(path); err != nil || len(data) == 0 {
				t.Errorf("%s of %s: %q, %v", path, trim.Module, data, err)
			}
		}
	}
}

// trimOf makes a trim's folder with a list, and a module with one file, pkg/kinds.go.
func trimOf(t *testing.T, list, content string) (folder, module string) {
	t.Helper()
	folder, module = t.TempDir(), t.TempDir()
	write(t, filepath.Join(folder, originals), list)
	write(t, filepath.Join(module, "pkg", "kinds.go"), content)
	return folder, module
}
