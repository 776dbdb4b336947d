package talos

import (
	"os"

	"starbase.example/virtual/internal/proxmox"
)

// PowerOn boots a machine. It returns at once: booting takes its time.
func (f *Fleet) PowerOn(vm proxmox.Machine) {
	select {
	case <-f.attached:
	case <-f.options.Orderly.Done():
		return
	}
	f.machine(vm.VMID).on(vm)
}

// AcpiShutdown asks a machine to power off, which it does in either mode: pods are stopped, but nothing is drained.
// A machine that never came up has nobody who listens.
func (f *Fleet) AcpiShutdown(vmid int) {
	if s := f.machine(vmid).current(); s != nil {
		if l := s.living(); l != nil {
			l.begin(shutdown("the power button", false))
		}
	}
}

// PowerCut ends a machine at once. When it returns, nothing runs on it any more.
func (f *Fleet) PowerCut(vmid int) { f.machine(vmid).cut("power cut") }

// Reset is the reset button: everything that ran is dead, and the machine boots.
func (f *Fleet) Reset(vmid int) {
	m := f.machine(vmid)
	if s := m.current(); s != nil {
		m.cut("reset button")
		m.on(s.vm)
	}
}

// DiskResized changes nothing that can be seen from outside: Talos grows its last partition at the next boot.
func (f *Fleet) DiskResized(vmid int, disk proxmox.Disk) {
	f.machine(vmid).tell("disk", "disk "+disk.Slot+" has grown", "")
}

// Migrated changes nothing: the machine keeps its place on the LAN.
func (f *Fleet) Migrated(vmid int, node string) {
	f.machine(vmid).tell("power", "runs on "+node+" now", "")
}

// Destroyed removes what belonged to the machine's disks.
func (f *Fleet) Destroyed(vmid int) {
	m := f.machine(vmid)
	m.cut("destroyed")
	if err := os.RemoveAll(m.folder()); err != nil {
		m.tell("error", "its folder is still there", err.Error())
	}
	f.mutex.Lock()
	delete(f.machines, vmid)
	f.mutex.Unlock()
}
