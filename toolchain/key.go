package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// keyOf names a build by all that decides its outcome: the files under dir, the pinned compiler and the settings.
// Two clones with the same pins have the same key, so the second builds nothing.
func keyOf(dir string, settings ...string) (string, error) {
	hash := sha256.New()
	fmt.Fprintln(hash, keyOfSettings(settings...))
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(hash, "%q\n", filepath.ToSlash(relative))
		file, err := os.Open(path)
		if err != nil {
			return err
		}
		defer file.Close()
		_, err = io.Copy(hash, file)
		return err
	})
	if err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil))[:16], nil
}

// keyOfSettings names a build that has no files of its own.
func keyOfSettings(settings ...string) string {
	hash := sha256.New()
	for _, s := range append([]string{pinnedGo, strings.Join(compilerFlags, " "), runtime.GOOS, runtime.GOARCH}, settings...) {
		fmt.Fprintf(hash, "%q\n", s)
	}
	return hex.EncodeToString(hash.Sum(nil))[:16]
}
