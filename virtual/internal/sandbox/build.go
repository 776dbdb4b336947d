package sandbox

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// devices are the nodes every container runtime provides. They are shown from
// the lab's own /dev, since a user namespace can't make device nodes.
var devices = []string{"null", "zero", "full", "random", "urandom"}

// build fills the new root: /proc, /dev, /tmp, files, the program, volumes.
func build(view View) error {
	for path, content := range view.Files {
		if err := place(view.Root, path, content); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Join(view.Root, "tmp"), 0o777); err != nil {
		return err
	}
	proc := filepath.Join(view.Root, "proc")
	if err := os.MkdirAll(proc, 0o755); err != nil {
		return err
	}
	if err := unix.Mount("proc", proc, "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("/proc: %w", err)
	}
	for _, device := range devices {
		if err := show(view.Root, Mount{Source: "/dev/" + device, Path: "/dev/" + device}); err != nil {
			return err
		}
	}
	// Outer folders first, else they would cover what is mounted below them.
	mounts := slices.SortedFunc(slices.Values(view.Mounts), func(a, b Mount) int { return cmp.Compare(a.Path, b.Path) })
	for _, mount := range append(mounts, Mount{Source: view.Program, Path: view.Args[0], ReadOnly: true}) {
		if err := show(view.Root, mount); err != nil {
			return err
		}
	}
	return nil
}

// place makes a file with its folders below the new root.
func place(root, path, content string) error {
	target := filepath.Join(root, path)
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, []byte(content), 0o644)
}

// show bind-mounts a file or folder of the lab below the new root.
func show(root string, mount Mount) error {
	source, err := os.Stat(mount.Source)
	if err != nil {
		return fmt.Errorf("mounting on %s: %w", mount.Path, err)
	}
	target := filepath.Join(root, mount.Path)
	if source.IsDir() {
		err = os.MkdirAll(target, 0o755)
	} else if _, missing := os.Stat(target); missing != nil {
		err = place(root, mount.Path, "")
	}
	if err != nil {
		return fmt.Errorf("mounting on %s: %w", mount.Path, err)
	}
	if err := unix.Mount(mount.Source, target, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("mounting %s on %s: %w", mount.Source, mount.Path, err)
	}
	if !mount.ReadOnly {
		return nil
	}
	return makeReadOnly(mount.Path, target)
}

// makeReadOnly keeps the flags the mount came with: a user namespace may add
// restrictions to a mount it inherited but not lift any (mount_namespaces(7)).
func makeReadOnly(path, target string) error {
	var stat unix.Statfs_t
	if err := unix.Statfs(target, &stat); err != nil {
		return err
	}
	kept := uintptr(stat.Flags) & (unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC | unix.MS_NOATIME | unix.MS_NODIRATIME | unix.MS_RELATIME)
	if err := unix.Mount("", target, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY|kept, ""); err != nil {
		return fmt.Errorf("making %s read-only: %w", path, err)
	}
	return nil
}
