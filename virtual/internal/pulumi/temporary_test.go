package pulumi

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestTheTemporaryFilesOfAKilledRunGoWithTheNextRun(t *testing.T) {
	e := someEngine(t)
	killed, running := e.In("tmp", "run-0"), e.In("tmp", "run-1")
	for _, folder := range []string{killed, running} {
		if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, "kubeconfig123"), nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	ours, err := e.temporary()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(killed); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", killed, err)
	}
	for _, folder := range []string{running, ours} {
		if _, err := os.Stat(folder); err != nil {
			t.Error(err)
		}
	}
}
