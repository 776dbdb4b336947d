package volumes

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

type file struct {
	content []byte
	mode    int32
}

// write makes the folder hold exactly these files. Files that are right are
// left alone; others are replaced by renaming, so that a reader sees the old
// content or the new one.
func write(folder string, files map[string]file) error {
	for path, f := range files {
		if !filepath.IsLocal(path) {
			return fmt.Errorf("path %q leads out of the volume", path)
		}
		if err := replace(filepath.Join(folder, path), f); err != nil {
			return err
		}
	}
	return filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if _, wanted := files[name]; wanted || err != nil {
			return err
		}
		return os.Remove(path)
	})
}

func replace(target string, f file) error {
	current, err := os.ReadFile(target)
	if err == nil && bytes.Equal(current, f.content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(target), "."+strings.TrimLeft(filepath.Base(target), ".")+".")
	if err != nil {
		return err
	}
	_, err = next.Write(f.content)
	return errors.Join(err, next.Chmod(fs.FileMode(f.mode)), next.Close(), os.Rename(next.Name(), target))
}
