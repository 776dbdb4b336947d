package space

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

const hosts = "127.0.0.1 localhost starbase\n::1 localhost\n"

// resolvConf names an address where nobody answers: until there is a name server, every name that is not in the hosts file
// fails at once.
const resolvConf = "nameserver 127.0.0.1\n" + impatient

const (
	resolver  = "/etc/resolv.conf"
	impatient = "options timeout:1 attempts:1\n"
)

// mounts gives the lab its own /proc (its processes only), /run (network namespaces are pinned there; the machine's
// resolver is out of reach), /dev/shm, hosts and resolv.conf. The machine's later mounts still show up, ours never show outside.
func (s Space) mounts() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_SLAVE, ""); err != nil {
		return fmt.Errorf("mounts of our own: %w", err)
	}
	// Before /run is covered: on many machines resolv.conf is a link into it.
	real, err := filepath.EvalSymlinks(resolver)
	if err != nil {
		real = ""
	}
	if err := unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return fmt.Errorf("/proc of the lab (inside a container, run it with its /proc unmasked): %w", err)
	}
	if err := unix.Mount("tmpfs", "/run", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=755"); err != nil {
		return fmt.Errorf("/run of the lab: %w", err)
	}
	// What programs keep there, secrets in passing among it, ends with the lab.
	if err := unix.Mount("tmpfs", "/dev/shm", "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=1777"); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("/dev/shm of the lab: %w", err)
	}
	if err := s.cover("hosts", "/etc/hosts", hosts); err != nil {
		return err
	}
	if real == "" {
		return nil
	}
	if strings.HasPrefix(real, "/run/") {
		return place(real, resolvConf)
	}
	return s.cover("resolv.conf", real, resolvConf)
}

// AskForNames makes all processes of the lab ask a name server for what is not in the hosts file. It is called inside.
func (s Space) AskForNames(server netip.Addr) error {
	// Changed in place and never made: what is at this path is ours, since the mounts above; a file that is not there is
	// not, and without one everybody asks the loopback.
	file, err := os.OpenFile(resolver, os.O_WRONLY|os.O_TRUNC, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the name server's address: %w", err)
	}
	_, err = fmt.Fprintf(file, "nameserver %s\n%s", server, impatient)
	return errors.Join(err, file.Close())
}

// cover mounts a file of the lab's folder over one of the system's.
func (s Space) cover(name, over, content string) error {
	if err := place(s.file(name), content); err != nil {
		return err
	}
	if err := unix.Mount(s.file(name), over, "", unix.MS_BIND, ""); err != nil {
		return fmt.Errorf("%s of the lab: %w", over, err)
	}
	return nil
}

func place(path, content string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(content), 0o644)
}
