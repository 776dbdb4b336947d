package sandbox

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// changeRoot builds the container's file system on a tmpfs and moves into it.
func changeRoot(view View) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("own mounts: %w", err)
	}
	if err := unix.Mount("tmpfs", view.Root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755"); err != nil {
		return fmt.Errorf("root file system on %s: %w", view.Root, err)
	}
	if err := build(view); err != nil {
		return err
	}
	// pivot_root(".", ".") stacks the old root on the new one, from where it is
	// unmounted: no folder for it is needed (pivot_root(2)).
	if err := os.Chdir(view.Root); err != nil {
		return err
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return fmt.Errorf("changing the root: %w", err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("leaving the lab's files: %w", err)
	}
	return nil
}
