package proxmox

import (
	"net/http"
	"strings"
)

// Setup is the cluster as it is bought and installed, before anybody makes a machine.
type Setup struct {
	Nodes    []Node
	Storages []Storage
	Pools    []string
	// Tokens are the API tokens and what they may do.
	Tokens      []Token
	PCIMappings map[string]map[string]string
}

// Options are what the simulation is wired to. The zero value works: a real-time clock, guests that only know their
// power switch, no file.
type Options struct {
	Guest Guest
	// Speed is how much faster than the day's clock tasks run; 0 means 1.
	Speed float64
	// File keeps the state over restarts; "" keeps nothing. Setup is used only when there is no such file yet.
	File string
	// Events is the file that events are appended to, one JSON object a line; "" writes none.
	Events string
	// HTTP fetches what storages download; nil means http.DefaultClient.
	HTTP *http.Client
}

// Lab is a Proxmox that does not know the plan: hosts with a local and an LVM storage each, one that they share, two bridges
// to the LAN, a device with a mapping, and one token with the privileges that the README asks of a person. secret is the
// token's UUID.
func Lab(secret string, hosts ...Node) Setup {
	s := Setup{
		Storages:    []Storage{FileStorage("local"), DiskStorage("local-lvm"), SharedStorage("nfs")},
		Pools:       []string{"starbase"},
		PCIMappings: map[string]map[string]string{"gpu": {}},
		Tokens:      []Token{{ID: "starbase@pve!lab", Secret: secret, Access: map[string][]string{"/": LabPrivileges}}},
	}
	for _, host := range hosts {
		if host.Cores == 0 {
			host.Cores, host.Memory = 16, 64*gib
		}
		if host.Bridges == nil {
			host.Bridges = []string{"vmbr0", "vmbr1"}
		}
		s.Nodes = append(s.Nodes, host)
		s.PCIMappings["gpu"][host.Name] = "0000:01:00.0"
	}
	return s
}

// FileStorage is a storage of files on each host: images to import, ISOs, backups. It holds no disks.
func FileStorage(id string) Storage {
	return Storage{ID: id, Type: "dir", Content: []string{"iso", "import", "vztmpl", "snippets", "backup"}, Total: 100 * gib}
}

// DiskStorage is a thin pool of disks on each host.
func DiskStorage(id string) Storage {
	return Storage{ID: id, Type: "lvmthin", Content: []string{"images", "rootdir"}, Total: 1000 * gib}
}

// SharedStorage is a file server's, the same on all hosts: images to import, and disks.
func SharedStorage(id string) Storage {
	return Storage{ID: id, Type: "nfs", Content: []string{"images", "iso", "import", "backup"}, Shared: true, Total: 1000 * gib}
}

// LabPrivileges are what the lab's machines and downloads need, and nothing more.
// Source: the checks in this package, which follow the API's own "permissions" texts.
var LabPrivileges = strings.Fields(`
	Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit
	Mapping.Use Pool.Allocate Pool.Audit SDN.Use Sys.Audit Sys.Modify
	VM.Allocate VM.Audit VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk VM.Config.HWType
	VM.Config.Memory VM.Config.Network VM.Config.Options VM.Migrate VM.PowerMgmt`)
