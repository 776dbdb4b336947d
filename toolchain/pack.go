package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Pack builds everything, writes it as a store into the folder out, and its sums into the clone's prebuilt.sum, where a
// commit keeps them. The address, if not empty, becomes the one that is asked by default.
func (b Builder) Pack(ctx context.Context, out, address string) error {
	folders, err := b.folders(ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	sums := make([]string, len(folders))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for i, folder := range folders {
		group.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			sums[i], err = packInto(folder, filepath.Join(out, archiveOf(b.Cache, folder)))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	store := Store{Address: b.Store.Address, Sums: map[string]string{}}
	if address != "" {
		store.Address = address
	}
	for i, folder := range folders {
		store.Sums[archiveOf(b.Cache, folder)] = sums[i]
	}
	return store.write(b.Root)
}

// folders are those of the cache that a machine without Go needs: all parts, the module files, the lab's program, and this
// program.
func (b Builder) folders(ctx context.Context) ([]string, error) {
	built, err := b.All(ctx)
	if err != nil {
		return nil, err
	}
	folders := []string{built.Modules, filepath.Dir(built.Lab)}
	for _, p := range parts {
		dir, err := b.Build(ctx, p)
		if err != nil {
			return nil, err
		}
		folders = append(folders, dir)
	}
	program, err := os.Executable()
	return append(folders, filepath.Dir(program)), err
}

// packInto packs a folder and returns the archive's SHA-256.
func packInto(folder, archive string) (sum string, err error) {
	file, err := os.Create(archive)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	hash := sha256.New()
	if err := packArchive(folder, io.MultiWriter(file, hash)); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// write writes the list that readStore reads.
func (s Store) write(root string) error {
	var text strings.Builder
	fmt.Fprintln(&text, "# What this commit was released with: ./lab takes it from the store if its SHA-256 is this, and compiles what is not here.")
	fmt.Fprintln(&text, "# Written by ./lab pack; the store named here is asked unless STARBASE_PARTS names another.")
	fmt.Fprintln(&text, strings.TrimSpace(addressPrefix+s.Address))
	for _, name := range slices.Sorted(maps.Keys(s.Sums)) {
		fmt.Fprintf(&text, "%s  %s\n", s.Sums[name], name)
	}
	return os.WriteFile(filepath.Join(root, sumsFile), []byte(text.String()), 0o644)
}
