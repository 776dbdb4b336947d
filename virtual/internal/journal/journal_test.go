package journal_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"starbase.example/virtual/internal/journal"
)

type event struct {
	Number int    `json:"number"`
	What   string `json:"what"`
}

func opened(t *testing.T, path string) *journal.Log[event] {
	t.Helper()
	log, err := journal.Open(path, func(e *event, number int) { e.Number = number })
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func TestEventsAreNumberedAndReadFromANumberOn(t *testing.T) {
	log := opened(t, "")
	log.Add(event{What: "on"})
	log.Add(event{What: "off"})
	on, off := event{1, "on"}, event{2, "off"}
	for after, want := range map[int][]event{-1: {on, off}, 0: {on, off}, 1: {off}, 2: {}, 3: {}} {
		if got := log.Since(after); got == nil || !slices.Equal(got, want) {
			t.Errorf("after %d: got %v, want %v", after, got, want)
		}
	}
}

func TestTheFileHasALineForEachEventAndKeepsThoseOfBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "events")
	opened(t, path).Add(event{What: "on"})
	opened(t, path).Add(event{What: "off"})
	got, err := os.ReadFile(path)
	if want := `{"number":1,"what":"on"}` + "\n" + `{"number":1,"what":"off"}` + "\n"; err != nil || string(got) != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestAFileThatCannotBeOpenedIsAnError(t *testing.T) {
	if _, err := journal.Open(t.TempDir(), func(*event, int) {}); err == nil {
		t.Error("a folder was taken for a file")
	}
}
