package podlog

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func written(t *testing.T, text string) (*Log, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pod", "container", "0.log")
	log, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	if _, err := io.WriteString(log.Stream("stdout"), text); err != nil {
		t.Fatal(err)
	}
	return log, path
}

func read(t *testing.T, path string, options Options) string {
	t.Helper()
	reader, err := Read(t.Context(), path, options, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestOptionsChooseWhatIsRead(t *testing.T) {
	_, path := written(t, "one\ntwo\nthree\n")
	for _, c := range []struct {
		name    string
		options Options
		want    string
	}{
		{"all", Options{Tail: -1}, "one\ntwo\nthree\n"},
		{"last two", Options{Tail: 2}, "two\nthree\n"},
		{"more than there are", Options{Tail: 9}, "one\ntwo\nthree\n"},
		{"none", Options{Tail: 0}, ""},
		{"a few bytes", Options{Tail: -1, LimitBytes: 6}, "one\ntw"},
		{"the future", Options{Tail: -1, Since: time.Now().Add(time.Hour)}, ""},
	} {
		if got := read(t, path, c.options); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestTimestampsAreThoseOfTheWriting(t *testing.T) {
	before := time.Now()
	_, path := written(t, "one\n")
	stamp, text, _ := strings.Cut(read(t, path, Options{Tail: -1, Timestamps: true}), " ")
	at, err := time.Parse(time.RFC3339Nano, stamp)
	if err != nil || at.Before(before.Truncate(0)) || at.After(time.Now()) || text != "one\n" {
		t.Errorf("got %s %q, %v", stamp, text, err)
	}
}

func TestFollowingSeesLaterLinesAndEndsWithTheContainer(t *testing.T) {
	log, path := written(t, "one\n")
	ended := make(chan struct{})
	reader, err := Read(context.Background(), path, Options{Tail: -1, Follow: true}, ended)
	if err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 4)
	if _, err := io.ReadFull(reader, first); err != nil || string(first) != "one\n" {
		t.Fatalf("got %q, %v", first, err)
	}
	log.Printf("two")
	close(ended)
	rest, err := io.ReadAll(reader)
	if err != nil || string(rest) != "two\n" {
		t.Errorf("got %q, %v", rest, err)
	}
}
