package lan

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// initialUserNamespace is the inode number every Linux kernel gives the first
// user namespace (PROC_USER_INIT_INO in include/linux/proc_ns.h).
const initialUserNamespace = 0xEFFFFFFD

// Inside returns nil when the calling process runs in a user namespace of its
// own which also owns its network namespace, and an error that says what is
// missing otherwise. The lab's addresses may belong to real machines of the
// person's network, so nothing is configured or dialled before this holds.
func Inside() error {
	user, err := inode("/proc/self/ns/user")
	if err != nil {
		return err
	}
	if user == initialUserNamespace {
		return fmt.Errorf("refusing to touch the network: this process runs in the machine's own user namespace; " +
			"the lab's network is configured only inside the lab (start it with ./lab up)")
	}
	owner, err := networkOwner()
	if err != nil {
		return err
	}
	if owner != user {
		return fmt.Errorf("refusing to touch the network: this network namespace belongs to user namespace %d, "+
			"not to the lab's own (%d); the lab needs a network namespace made together with its user namespace", owner, user)
	}
	return nil
}

// networkOwner is the inode of the user namespace that owns the calling
// thread's network namespace (ioctl NS_GET_USERNS, ioctl_ns(2)).
func networkOwner() (uint64, error) {
	network, err := os.Open("/proc/thread-self/ns/net")
	if err != nil {
		return 0, err
	}
	defer network.Close()
	owner, err := unix.IoctlRetInt(int(network.Fd()), unix.NS_GET_USERNS)
	if err != nil {
		// The kernel answers EPERM when the owner is an ancestor of our user
		// namespace: exactly the network that must not be touched.
		return 0, fmt.Errorf("refusing to touch the network: its namespace is not owned by the lab's user namespace (%w)", err)
	}
	defer unix.Close(owner)
	var stat unix.Stat_t
	if err := unix.Fstat(owner, &stat); err != nil {
		return 0, err
	}
	return stat.Ino, nil
}

func inode(path string) (uint64, error) {
	var stat unix.Stat_t
	if err := unix.Stat(path, &stat); err != nil {
		return 0, fmt.Errorf("looking at namespace %s: %w (is /proc mounted?)", path, err)
	}
	return stat.Ino, nil
}
