package main

import (
	"context"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const (
	// compileCacheLimit is the size, in bytes, from which on the compiler's cache is given back after a complete build.
	compileCacheLimit = 4 << 30
	// smallEntry is the size, in bytes, below which an entry is kept: among them is what the go command finds the others by.
	smallEntry = 64 << 10
)

// pruneCompileCache gives the compiler's cache back once all parts are built, but for the packages of the virtual lab's
// own program, a gigabyte: that one is compiled again after each change of its sources, and so are its tests.
func (b Builder) pruneCompileCache(ctx context.Context) error {
	before, err := sizeOf(b.compileCache())
	if err != nil || before < compileCacheLimit {
		return err
	}
	args := append([]string{"list", "-mod=readonly", "-deps", "-export", "-f", "{{.Export}}"}, compilerFlags...)
	exports, err := b.goCommand(ctx, b.labSources(), append(args, "./...")...)
	if err != nil {
		return err
	}
	keep := map[string]bool{}
	for _, path := range strings.Fields(string(exports)) {
		keep[filepath.Base(path)] = true
	}
	if err := removeEntries(b.compileCache(), keep); err != nil {
		return err
	}
	after, err := sizeOf(b.compileCache())
	b.Say("the compiler's cache is given back: %.1f GB, of %.1f; the rest is for the virtual lab's own program and tests", gigabytes(before-after), gigabytes(before))
	return err
}

// removeEntries removes the large data files of a cache of the go command, but for those whose names are kept. The go
// command compiles again what it does not find.
func removeEntries(cache string, keep map[string]bool) error {
	return filepath.WalkDir(cache, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || keep[entry.Name()] || !isData(entry.Name()) {
			return err
		}
		info, err := entry.Info()
		if err != nil || info.Size() < smallEntry {
			return err
		}
		return os.Remove(path)
	})
}

// isData reports whether a file of the cache holds what a compilation gave: its SHA-256, and "-d".
func isData(name string) bool {
	sum, ok := strings.CutSuffix(name, "-d")
	_, err := hex.DecodeString(sum)
	return ok && err == nil
}

func sizeOf(dir string) (bytes int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		bytes += info.Size()
		return nil
	})
	return bytes, err
}

func gigabytes(bytes int64) float64 { return float64(bytes) / 1e9 }
