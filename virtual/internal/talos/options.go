package talos

import (
	"context"
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
	// Speed is how much faster than a real machine these ones boot and install; 0 means 1.
	Speed float64
	// Orderly ends when the lab begins to end: no machine boots any more. Whole ends when the lab has ended; all that
	// runs on machines ends with it.
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
