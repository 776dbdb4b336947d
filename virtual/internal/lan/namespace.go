package lan

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"golang.org/x/sys/unix"
)

// pins is where namespaces are bind-mounted, the folder that iproute2 uses:
// "ip netns exec NAME ..." works in the lab.
const pins = "/run/netns"

// Namespace is a network namespace, kept alive by a file in /run/netns.
type Namespace struct {
	name string
	file *os.File
}

// Name is the file name in /run/netns.
func (n *Namespace) Name() string { return n.name }

// Path is the file that pins the namespace, for setns(2) and nsenter(1).
func (n *Namespace) Path() string { return filepath.Join(pins, n.name) }

// pin makes the calling thread's network namespace a file in /run/netns.
func pin(name string) (*Namespace, error) {
	n := &Namespace{name: name}
	if err := os.MkdirAll(pins, 0o755); err != nil {
		return nil, fmt.Errorf("making %s: %w (the lab's mount namespace needs a tmpfs on /run)", pins, err)
	}
	target, err := os.OpenFile(n.Path(), os.O_CREATE|os.O_EXCL|os.O_RDONLY, 0o444)
	if err != nil {
		return nil, fmt.Errorf("making %s: %w", n.Path(), err)
	}
	target.Close()
	if err := unix.Mount("/proc/thread-self/ns/net", n.Path(), "", unix.MS_BIND, ""); err != nil {
		return nil, errors.Join(fmt.Errorf("pinning network namespace %s: %w", name, err), os.Remove(n.Path()))
	}
	if n.file, err = os.Open(n.Path()); err != nil {
		return nil, errors.Join(err, n.remove())
	}
	return n, nil
}

// create makes a new, empty network namespace.
func create(name string) (created *Namespace, err error) {
	err = onOwnThread(func() error { return unix.Unshare(unix.CLONE_NEWNET) }, func() error {
		created, err = pin(name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("network namespace %s: %w", name, err)
	}
	return created, nil
}

// remove drops the pin; the kernel ends the namespace with its last process.
func (n *Namespace) remove() error {
	if n.file != nil {
		n.file.Close()
	}
	return errors.Join(unix.Unmount(n.Path(), unix.MNT_DETACH), os.Remove(n.Path()))
}

// Do runs f on a thread inside the namespace. Goroutines that f starts run
// outside of it.
func (n *Namespace) Do(f func() error) error {
	return onOwnThread(func() error {
		if err := unix.Setns(int(n.file.Fd()), unix.CLONE_NEWNET); err != nil {
			return fmt.Errorf("entering network namespace %s: %w", n.name, err)
		}
		return nil
	}, f)
}

// Start starts a child process inside the namespace. The child inherits the
// network only; user, mount and PID namespaces stay the caller's unless the
// command itself asks for new ones.
func (n *Namespace) Start(cmd *exec.Cmd) error {
	return n.Do(cmd.Start)
}

// Listen is net.Listen inside the namespace. The address is a literal
// ("192.168.1.11:6443", ":80"), since looking up names would leave the thread.
func (n *Namespace) Listen(network, address string) (listener net.Listener, err error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	if host != "" {
		if _, err := netip.ParseAddr(host); err != nil {
			return nil, fmt.Errorf("listening in %s: %q is not an IP address", n.name, host)
		}
	}
	err = n.Do(func() error {
		listener, err = net.Listen(network, address)
		return err
	})
	return listener, err
}

// Dial connects from inside the namespace to a literal address and port.
func (n *Namespace) Dial(ctx context.Context, network, address string) (connection net.Conn, err error) {
	if _, err := netip.ParseAddrPort(address); err != nil {
		return nil, fmt.Errorf("dialling from %s: %q is not an IP address with a port", n.name, address)
	}
	err = n.Do(func() error {
		if err := Inside(); err != nil {
			return err
		}
		connection, err = new(net.Dialer).DialContext(ctx, network, address)
		return err
	})
	return connection, err
}

// onOwnThread runs f on a locked thread after enter has changed its network
// namespace, and changes back. A thread that can't come back stays locked, so
// that the runtime ends it with its goroutine instead of lending it to others.
func onOwnThread(enter, f func() error) error {
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		home, err := os.Open("/proc/thread-self/ns/net")
		if err != nil {
			runtime.UnlockOSThread()
			done <- err
			return
		}
		defer home.Close()
		err = enter()
		if err == nil {
			err = f()
		}
		if back := unix.Setns(int(home.Fd()), unix.CLONE_NEWNET); back != nil {
			done <- errors.Join(err, fmt.Errorf("returning from a network namespace: %w", back))
			return
		}
		runtime.UnlockOSThread()
		done <- err
	}()
	return <-done
}
