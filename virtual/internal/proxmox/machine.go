package proxmox

import (
	"strings"
)

// Machine describes a machine at the moment it gets power: the config it really runs with.
type Machine struct {
	VMID     int    `json:"vmid"`
	Name     string `json:"name"`
	Node     string `json:"node"`
	Cores    int    `json:"cores"`    // of all sockets
	Memory   int    `json:"memory"`   // MiB
	Firmware string `json:"firmware"` // seabios or ovmf
	TPM      bool   `json:"tpm,omitempty"`
	Agent    bool   `json:"agent,omitempty"`
	NICs     []NIC  `json:"nics"`
	Disks    []Disk `json:"disks"`
	// CDROM is the ISO volume in the drive; empty when there is none.
	CDROM string `json:"cdrom,omitempty"`
	// Boot lists slots in the order in which the firmware tries them.
	Boot []string `json:"boot"`
	PCI  []string `json:"pci,omitempty"`
	// CloudInit is the content of the cloud-init drive; nil without such a drive.
	CloudInit *CloudInit `json:"cloudInit,omitempty"`
}

// NIC is a network card.
type NIC struct {
	Slot   string `json:"slot"`
	Model  string `json:"model"`
	MAC    string `json:"mac"`
	Bridge string `json:"bridge"`
	VLAN   int    `json:"vlan,omitempty"`
}

// Disk is a disk image in a slot.
type Disk struct {
	Slot       string `json:"slot"`
	Volume     string `json:"volume"`
	Generation int    `json:"generation"`
	Size       int64  `json:"size"` // bytes
	// Origin is the image file that the disk was imported from; URL is where that came from.
	Origin string `json:"origin,omitempty"`
	URL    string `json:"url,omitempty"`
}

// machine reads a machine's description from its config.
func (c *Cluster) machine(vm *VM) Machine {
	m := Machine{
		VMID: vm.ID, Name: vm.Config["name"], Node: vm.Node, Firmware: vm.Config["bios"],
		Cores:  max(1, number(vm.Config["cores"])) * max(1, number(vm.Config["sockets"])),
		Memory: number(parseProperties(vm.Config["memory"], "current")["current"]),
		Boot:   strings.Split(parseProperties(vm.Config["boot"], "legacy")["order"], ";"),
		TPM:    vm.Config["tpmstate0"] != "",
		Agent:  vm.hasAgent(), CloudInit: vm.cloudInit(c.state.Nodes[vm.Node].Resolver),
	}
	for _, slot := range vm.Config.slots("net") {
		p := parseProperties(vm.Config[slot], "model")
		model, mac, _ := strings.Cut(nicOf(p), "=")
		m.NICs = append(m.NICs, NIC{Slot: slot, Model: model, MAC: mac, Bridge: p["bridge"], VLAN: number(p["tag"])})
	}
	for _, slot := range vm.Config.drives() {
		p := parseProperties(vm.Config[slot], "file")
		switch {
		case strings.HasPrefix(slot, "efidisk") || strings.HasPrefix(slot, "tpmstate"):
		case p["media"] == "cdrom":
			if !isCloudInit(p["file"]) && p["file"] != "none" {
				m.CDROM = p["file"]
			}
		default:
			if v := c.volume(vm.Node, p["file"]); v != nil {
				m.Disks = append(m.Disks, c.disk(slot, v))
			}
		}
	}
	for _, slot := range vm.Config.slots("hostpci") {
		m.PCI = append(m.PCI, vm.Config[slot])
	}
	return m
}

func (c *Cluster) disk(slot string, v *Volume) Disk {
	return Disk{Slot: slot, Volume: v.ID, Generation: v.Generation, Size: v.Size, Origin: v.Origin, URL: v.URL}
}
