package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// down ends everything and removes the lab's folder: the machines are gone, and with them what was on them.
func down(l lab) error {
	_, ran := l.space.Running()
	// Before the lock: an `up` in progress holds it, and ends by this.
	if err := l.space.Stop(0); err != nil {
		return err
	}
	return l.alone(func() error {
		if err := l.space.Stop(0); err != nil {
			return err
		}
		_, err := os.Stat(l.Folder)
		if errors.Is(err, os.ErrNotExist) {
			fmt.Println("There is no lab to end.")
			return os.Remove(l.lockFile())
		}
		if err := remove(l.Folder); err != nil {
			return err
		}
		if ran {
			fmt.Println("The lab has ended: its processes, networks and mounts are gone, and so is", l.Folder)
		} else {
			fmt.Println("No lab ran; removed what an earlier one left in", l.Folder)
		}
		return os.Remove(l.lockFile())
	})
}

// remove deletes a folder, folders without write permission (copies from a module cache) included.
func remove(folder string) error {
	if os.RemoveAll(folder) == nil {
		return nil
	}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if entry != nil && entry.IsDir() {
			return os.Chmod(path, 0o700)
		}
		return err
	})
	return errors.Join(err, os.RemoveAll(folder))
}
