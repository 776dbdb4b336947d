package talos

import (
	"context"
	"errors"
	"io"

	"starbase.example/virtual/internal/lan"
	"starbase.example/virtual/internal/proxmox"
)

// Options are what the machines are wired to.
type Options struct {
	// LAN is where machines get their places.
	LAN *lan.LAN
	// Folder holds a folder a disk, for its Runtime.
	Folder string
	// Runtime makes what a machine runs once it has a machine config.
	Runtime func(vmid int) Runtime
	// Extensions says which system extensions a schematic has (siderolabs/qemu-guest-agent): an id alone doesn't. Nil
	// means that no schematic has any.
	Extensions func(schematic string) []string
	// Log gets a line for each thing that a person should know; nil means nobody reads them.
	Log io.Writer
	// Events is the file that events are appended to, one JSON object a line; "" writes none.
	Events string
	// Speed is how much faster than real ones these machines boot, install and power off; 0 means 1.
	Speed float64
	// Orderly ends when the lab begins to end: no machine boots any more. Whole ends when the lab has ended; all that
	// runs on machines ends with it. Nil means that the lab never ends.
	Orderly, Whole context.Context
}

// Hypervisor is what the machines tell and ask the host that they run on. *proxmox.Cluster is one.
type Hypervisor interface {
	GuestPoweredOff(vmid int)
	GuestRebooted(vmid int)
	AgentUp(vmid int, interfaces []proxmox.Interface)
	AgentDown(vmid int)
	DiskData(vmid int, slot string) (map[string]string, error)
	WriteDisk(vmid int, slot string, data map[string]string) error
}

func (o Options) complete() (Options, error) {
	if o.LAN == nil || o.Runtime == nil || o.Folder == "" {
		return o, errors.New("machines need a LAN, a folder and a runtime")
	}
	if o.Extensions == nil {
		o.Extensions = func(string) []string { return nil }
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	if o.Speed <= 0 {
		o.Speed = 1
	}
	if o.Orderly == nil {
		o.Orderly = context.Background()
	}
	if o.Whole == nil {
		o.Whole = context.Background()
	}
	return o, nil
}
