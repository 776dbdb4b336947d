// Package locks lets one process at a time have a file.
package locks

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// Take locks the file until it is closed. When another process has it, busy is called, and Take waits.
func Take(file *os.File, busy func()) error {
	err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if !errors.Is(err, unix.EWOULDBLOCK) {
		return err
	}
	busy()
	for {
		if err := unix.Flock(int(file.Fd()), unix.LOCK_EX); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}
