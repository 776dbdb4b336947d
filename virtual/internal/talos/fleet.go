package talos

import (
	"net/http"

	"starbase.example/virtual/internal/proxmox"
)

// Fleet is all machines. It is the proxmox.Guest of a cluster.
type Fleet struct {
	options    Options
	hypervisor Hypervisor
}

var _ proxmox.Guest = (*Fleet)(nil)

// New makes a fleet without machines: they come by PowerOn. Nothing boots before Attach.
func New(o Options) (*Fleet, error) { return &Fleet{options: o}, nil }

// Attach names the hypervisor. A cluster needs its guest before it is there itself, so this is not among the options.
func (f *Fleet) Attach(h Hypervisor) { f.hypervisor = h }

// Control serves the machines' part of the laboratory's side door, beside proxmox.Control:
//
//	GET    /_lab/talos/machines          each machine's stage, address, version and schematic
//	GET    /_lab/talos/events?after=N    the events after number N
//	GET    /_lab/talos/presets           the table of faults
//	GET    /_lab/talos/faults            those that are set
//	POST   /_lab/talos/faults            {"preset": "apply-hangs", "times": 2, "machine": "cp1"}
//	DELETE /_lab/talos/faults            none any more
func (f *Fleet) Control() http.Handler { return http.NewServeMux() }

// Wait returns when nothing runs on any machine any more, after the end of Options.Whole.
func (f *Fleet) Wait() {}

// PowerOn boots a machine.
func (f *Fleet) PowerOn(proxmox.Machine) {}

// AcpiShutdown asks a machine to power off.
func (f *Fleet) AcpiShutdown(int) {}

// PowerCut ends a machine at once.
func (f *Fleet) PowerCut(int) {}

// Reset is the reset button.
func (f *Fleet) Reset(int) {}

// DiskResized changes nothing that can be seen from outside.
func (f *Fleet) DiskResized(int, proxmox.Disk) {}

// Migrated changes nothing: the machine keeps its place on the LAN.
func (f *Fleet) Migrated(int, string) {}

// Destroyed removes what belonged to the machine's disks.
func (f *Fleet) Destroyed(int) {}
