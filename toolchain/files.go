package main

import (
	"os"
	"path/filepath"
)

// intoPlace lets fill write into a new folder and renames it to done when it succeeded.
// When somebody else was faster, theirs stays.
func intoPlace(done string, fill func(dir string) error) error {
	if err := os.MkdirAll(filepath.Dir(done), 0o755); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(filepath.Dir(done), ".unfinished-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := fill(dir); err != nil {
		return err
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return err
	}
	if err := os.Rename(dir, done); err != nil {
		if _, gone := os.Stat(done); gone == nil {
			return nil
		}
		return err
	}
	return nil
}

// copyFile copies a file's content; module files are read-only, the copy is not.
func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o644)
}

// copyTree copies the files below from, without their (read-only) modes.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		return copyFile(path, filepath.Join(to, relative))
	})
}
