package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// sumsFile is the list, below the toolchain folder, of what a store may hand out: lines of sha256sum, and one that names
// the store that is asked unless the environment names another.
const (
	sumsFile      = "prebuilt.sum"
	addressPrefix = "# store: "
	// NoStore is the address that has everything compiled.
	NoStore = "none"
)

// A Store has archives of what other machines have built, by the names of their folders in the cache. It is trusted with
// nothing: an archive whose SHA-256 the repository does not know is not unpacked.
type Store struct {
	// Address is an https://, http:// or file:// address of a folder; "" asks no store.
	Address string
	// Sums are the SHA-256 sums of archives by name.
	Sums map[string]string
}

// readStore reads the sums below root. The address is wanted, or the one in the file if that is empty.
func readStore(root, wanted string) (Store, error) {
	store := Store{Address: wanted, Sums: map[string]string{}}
	path := filepath.Join(root, sumsFile)
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		store.Address = ""
		return store, nil
	}
	if err != nil {
		return Store{}, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		if address, ok := strings.CutPrefix(line, addressPrefix); ok && wanted == "" {
			store.Address = strings.TrimSpace(address)
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		sum, name, ok := strings.Cut(line, "  ")
		if !ok || len(sum) != hex.EncodedLen(sha256.Size) {
			return Store{}, fmt.Errorf("%s: %q is not a line of sha256sum", path, line)
		}
		store.Sums[name] = sum
	}
	if store.Address == NoStore {
		store.Address = ""
	}
	return store, lines.Err()
}

// has reports whether the store is to be asked for an archive.
func (s Store) has(archive string) bool { return s.Address != "" && s.Sums[archive] != "" }

// fetch writes an archive of the store into a file and returns the file's path. The error wraps errMissing when the
// store does not have it or does not answer.
func (s Store) fetch(ctx context.Context, archive, dir string) (path string, err error) {
	from, err := s.open(ctx, archive)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errMissing, err)
	}
	defer from.Close()
	file, err := os.CreateTemp(dir, ".fetched-")
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			os.Remove(file.Name())
		}
	}()
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(file, hash), from); err != nil {
		return "", fmt.Errorf("%w: %s broke off: %w", errMissing, archive, err)
	}
	if got, want := hex.EncodeToString(hash.Sum(nil)), s.Sums[archive]; got != want {
		return "", fmt.Errorf("%s of the store %s has SHA-256 %s, and toolchain/%s says %s: it is not what this commit was released with. Name another store, or compile: STARBASE_PARTS=%s",
			archive, s.Address, got, sumsFile, want, NoStore)
	}
	return file.Name(), nil
}

// errMissing is a store that cannot give what it should have.
var errMissing = errors.New("the store does not have it")

func (s Store) open(ctx context.Context, archive string) (io.ReadCloser, error) {
	if folder, ok := strings.CutPrefix(s.Address, "file://"); ok {
		return os.Open(filepath.Join(folder, archive))
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(s.Address, "/")+"/"+archive, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		response.Body.Close()
		return nil, fmt.Errorf("%s answered %s", request.URL.Redacted(), response.Status)
	}
	return response.Body, nil
}

// prebuilt takes a folder of the cache from the store, and reports whether it did. A store that does not have it, or
// does not answer, is said, and is no error: it is compiled then.
func (b Builder) prebuilt(ctx context.Context, done string) (bool, error) {
	archive := archiveOf(b.Cache, done)
	if !b.Store.has(archive) {
		return false, nil
	}
	if err := os.MkdirAll(b.Cache, 0o755); err != nil {
		return false, err
	}
	file, err := b.Store.fetch(ctx, archive, b.Cache)
	if errors.Is(err, errMissing) && ctx.Err() == nil {
		b.Say("%s can't be had from %s (%v): compiling it", archive, b.Store.Address, err)
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer os.Remove(file)
	b.Say("%-58s taken from the store", archive)
	return true, intoPlace(done, func(dir string) error { return unpackArchive(file, dir) })
}

// archiveOf is the name under which a store has a folder of the cache: parts/engine/KEY is parts-engine-KEY.tar.gz.
func archiveOf(cache, done string) string {
	relative, err := filepath.Rel(cache, done)
	if err != nil {
		panic(err) // both are absolute
	}
	return strings.ReplaceAll(filepath.ToSlash(relative), "/", "-") + ".tar.gz"
}
