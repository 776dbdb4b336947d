package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// A Trim is a module that a part compiles without what the lab never calls.
//
// Folder, below the part's own, holds the files that replace the module's, at the same paths, and originals.sum: the
// SHA-256 of each of the module's files that is replaced, or removed for want of a file at its path. So a raised pin
// whose files differ stops the build with their names, and somebody looks whether the trim still fits.
type Trim struct {
	Module string
	Folder string
}

// originals is the list, in the format of sha256sum, of what a Trim takes out of its module.
const originals = "originals.sum"

// trim lays a trimmed copy of each of the part's trimmed modules below source, and has source's go.mod take it.
func (b Builder) trim(ctx context.Context, p Part, source string) error {
	for _, t := range p.Trims {
		module, err := b.moduleDir(ctx, p.Name, t.Module)
		if err != nil {
			return err
		}
		folder := filepath.Join(source, t.Folder)
		trimmed := folder + ".trimmed"
		if err := copyTree(module, trimmed); err != nil {
			return err
		}
		if err := removeOriginals(folder, trimmed); err != nil {
			return fmt.Errorf("%s without what the lab never calls: %w", p.Name, err)
		}
		if err := copyTree(folder, trimmed); err != nil {
			return err
		}
		replace := t.Module + "=./" + t.Folder + ".trimmed"
		if _, err := b.goCommand(ctx, source, "mod", "edit", "-replace="+replace); err != nil {
			return err
		}
	}
	return nil
}

// removeOriginals removes from the copied module what the trim's folder lists, if it is what the trim was made for.
func removeOriginals(folder, copied string) error {
	list, err := os.ReadFile(filepath.Join(folder, originals))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(list)) {
		want, path, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok {
			return fmt.Errorf("%s: %q is not a line of sha256sum", originals, line)
		}
		data, err := os.ReadFile(filepath.Join(copied, path))
		if err != nil {
			return fmt.Errorf("the module has no %s any more: adapt the trim in %s to the new version: %w", path, filepath.Base(folder), err)
		}
		sum := sha256.Sum256(data)
		if got := hex.EncodeToString(sum[:]); got != want {
			return fmt.Errorf("%s of the module is another file than the one that the trim was made for (SHA-256 %s, in %s %s): adapt the trim to the new version", path, got, originals, want)
		}
		if err := os.Remove(filepath.Join(copied, path)); err != nil {
			return err
		}
	}
	return nil
}
