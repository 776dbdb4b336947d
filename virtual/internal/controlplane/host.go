package controlplane

import (
	"os/exec"
	"syscall"

	"starbase.example/virtual/internal/lan"
)

// host starts programs in the node's network, under the host's own name: by it a leader says who it is.
type host struct {
	name    string
	network *lan.Namespace
}

// Start renames the host in a UTS namespace that is the program's own, and becomes the program.
func (h host) Start(cmd *exec.Cmd) error {
	// Not by /proc/sys/kernel/hostname, which is the machine's own root's to write.
	const script = `hostname "$0" && exec "$@"`
	cmd.Args = append([]string{"sh", "-c", script, h.name, cmd.Path}, cmd.Args[1:]...)
	cmd.Path = "/bin/sh"
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUTS
	return h.network.Start(cmd)
}
