package settings

import (
	"os"
	"path/filepath"
	"testing"
)

func lab(t *testing.T, root, stack string) Settings {
	t.Helper()
	for name, value := range map[string]string{"ROOT": root, "BIN": "/bin", "MODULES": t.TempDir(), "CACHE": "/cache"} {
		t.Setenv("STARBASE_"+name, value)
	}
	s, err := FromEnvironment(stack)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEachCloneAndEachStackHasAFolderOfItsOwn(t *testing.T) {
	one := lab(t, "/home/me/one", "lab").Folder
	if again := lab(t, "/home/me/one/", "lab").Folder; again != one {
		t.Errorf("the same clone has two folders: %s and %s", one, again)
	}
	for _, other := range []string{lab(t, "/home/me/two", "lab").Folder, lab(t, "/home/me/one", "idp").Folder} {
		if other == one {
			t.Errorf("two labs share %s", one)
		}
	}
}

func TestAVersionComesFromThePinsAndAnUnknownPartIsNamed(t *testing.T) {
	s := lab(t, "/clone", "lab")
	file := filepath.Join(s.Modules, "versions.json")
	if err := os.WriteFile(file, []byte(`{"cilium":"1.20.2"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Version("cilium"); err != nil || got != "1.20.2" {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := s.Version("helium"); err == nil || err.Error() != file+` has no version of "helium"` {
		t.Errorf("got %v", err)
	}
}
