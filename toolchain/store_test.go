package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shelf is a clone with one part, and a store that has it.
type shelf struct {
	builder Builder
	part    Part
	store   string
	said    *[]string
}

func TestAPartOfTheStoreNeedsNoGo(t *testing.T) {
	s := newShelf(t)
	t.Setenv("PATH", "")
	dir, err := s.builder.Build(t.Context(), s.part)
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.Stat(filepath.Join(dir, "program"))
	if err != nil || program.Mode().Perm()&0o100 == 0 {
		t.Errorf("%v, %v; an executable was packed", program, err)
	}
}

func TestAStoreIsAskedByHTTPToo(t *testing.T) {
	s := newShelf(t)
	server := httptest.NewServer(http.FileServer(http.Dir(s.store)))
	t.Cleanup(server.Close)
	s.builder.Store.Address = server.URL + "/"
	t.Setenv("PATH", "")
	if _, err := s.builder.Build(t.Context(), s.part); err != nil {
		t.Error(err)
	}
}

func TestAnotherHashIsAnErrorThatNamesBoth(t *testing.T) {
	s := newShelf(t)
	archive := s.archive(t)
	known := s.builder.Store.Sums[archive]
	write(t, filepath.Join(s.store, archive), "something else")
	_, err := s.builder.Build(t.Context(), s.part)
	if err == nil || !strings.Contains(err.Error(), known) || !strings.Contains(err.Error(), sumOf("something else")) || !strings.Contains(err.Error(), archive) {
		t.Errorf("error: %v; want both SHA-256 and the archive", err)
	}
	entries, err := os.ReadDir(s.builder.Cache)
	if err != nil || len(entries) != 0 {
		t.Errorf("left in the cache: %v, %v", entries, err)
	}
}

func TestWhatTheStoreLacksIsSaidAndCompiled(t *testing.T) {
	s := newShelf(t)
	archive := s.archive(t)
	if err := os.Remove(filepath.Join(s.store, archive)); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", "")
	_, err := s.builder.Build(t.Context(), s.part)
	if err == nil || !strings.Contains(err.Error(), "go") {
		t.Errorf("error: %v; want that of a compilation without Go", err)
	}
	if len(*s.said) == 0 || !strings.Contains((*s.said)[0], archive+" can't be had from "+s.builder.Store.Address) {
		t.Errorf("said: %v", *s.said)
	}
}

func TestWhatIsNotInTheSumsIsNotTakenFromTheStore(t *testing.T) {
	s := newShelf(t)
	s.builder.Store.Sums = nil
	t.Setenv("PATH", "")
	if _, err := s.builder.Build(t.Context(), s.part); err == nil {
		t.Error("an archive of which the repository knows nothing was taken")
	}
}

func TestTheStoreOfTheSumsIsAskedUnlessTheEnvironmentNamesOne(t *testing.T) {
	root := t.TempDir()
	if err := (Store{Address: "https://releases.example/v1", Sums: map[string]string{"a.tar.gz": sumOf("a")}}).write(root); err != nil {
		t.Fatal(err)
	}
	for wanted, want := range map[string]string{"": "https://releases.example/v1", "file:///store": "file:///store", NoStore: ""} {
		store, err := readStore(root, wanted)
		if err != nil || store.Address != want || store.Sums["a.tar.gz"] != sumOf("a") {
			t.Errorf("STARBASE_PARTS=%q: %v, %v; want %q", wanted, store, err, want)
		}
	}
}

func TestTheSumsOfTheCloneAreReadable(t *testing.T) {
	if _, err := readStore(".", ""); err != nil {
		t.Error(err)
	}
}

func TestEqualFilesGiveEqualArchives(t *testing.T) {
	var archives [2]bytes.Buffer
	for i := range archives {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "b", "program"), "code")
		write(t, filepath.Join(dir, "a"), "text")
		moment := time.Unix(int64(1e9*(i+1)), 0)
		if err := os.Chtimes(filepath.Join(dir, "a"), moment, moment); err != nil {
			t.Fatal(err)
		}
		if err := packArchive(dir, &archives[i]); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(archives[0].Bytes(), archives[1].Bytes()) {
		t.Error("two archives of equal files differ")
	}
}

func TestAnArchiveWritesNothingBesideItsFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "evil.tar.gz")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	zipped := gzip.NewWriter(file)
	archive := tar.NewWriter(zipped)
	if err := archive.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: "../escaped", Mode: 0o644}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []interface{ Close() error }{archive, zipped, file} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := unpackArchive(path, filepath.Join(dir, "into")); err == nil {
		t.Error("a file beside the folder was unpacked")
	}
}

func newShelf(t *testing.T) shelf {
	t.Helper()
	s := shelf{store: t.TempDir(), part: Part{Name: "x", Module: "example.com/x", Binaries: []Binary{{"program", "."}}}, said: new([]string)}
	s.builder = Builder{Root: t.TempDir(), Cache: t.TempDir(), Say: func(format string, args ...any) {
		*s.said = append(*s.said, fmt.Sprintf(format, args...))
	}}
	write(t, filepath.Join(s.builder.Root, "parts", "x", "go.mod"), "module x\n\nrequire example.com/x v1.0.0\n")
	built := t.TempDir()
	write(t, filepath.Join(built, "program"), "code")
	if err := os.Chmod(filepath.Join(built, "program"), 0o755); err != nil {
		t.Fatal(err)
	}
	archive := s.archive(t)
	sum, err := packInto(built, filepath.Join(s.store, archive))
	if err != nil {
		t.Fatal(err)
	}
	s.builder.Store = Store{Address: "file://" + s.store, Sums: map[string]string{archive: sum}}
	return s
}

func (s shelf) archive(t *testing.T) string {
	t.Helper()
	done, _, err := s.builder.place(s.part)
	if err != nil {
		t.Fatal(err)
	}
	return archiveOf(s.builder.Cache, done)
}
