package proxmox

import (
	"fmt"
	"strings"
)

// Nocloud is what Proxmox writes on a cloud-init drive of type nocloud: network config version 1 and user data. Cards
// are told apart by their MAC address.
type Nocloud struct {
	Hostname    string    `json:"hostname"`
	Interfaces  []Address `json:"interfaces"`
	Nameservers []string  `json:"nameservers,omitempty"`
	Search      []string  `json:"search,omitempty"`
}

// Address is one card's configuration.
type Address struct {
	MAC string `json:"mac"`
	// IPv4 is ADDRESS/LENGTH, dhcp, or empty for none; IPv6 may also be auto.
	IPv4     string `json:"ipv4,omitempty"`
	Gateway  string `json:"gateway,omitempty"`
	IPv6     string `json:"ipv6,omitempty"`
	Gateway6 string `json:"gateway6,omitempty"`
}

// nocloud reads the settings that go on the cloud-init drive; nil when the machine has no such drive.
func (vm *VM) nocloud() *Nocloud {
	if vm.cloudInitSlot() == "" {
		return nil
	}
	n := &Nocloud{
		Hostname: vm.Config["name"], Nameservers: strings.Fields(vm.Config["nameserver"]),
		Search: strings.Fields(vm.Config["searchdomain"]),
	}
	if n.Hostname == "" {
		n.Hostname = fmt.Sprintf("VM%d", vm.ID)
	}
	for _, slot := range vm.Config.slots("ipconfig") {
		nic := vm.Config["net"+strings.TrimPrefix(slot, "ipconfig")]
		if nic == "" {
			continue
		}
		_, mac, _ := strings.Cut(nicOf(parseProperties(nic, "model")), "=")
		p := parseProperties(vm.Config[slot], "")
		n.Interfaces = append(n.Interfaces, Address{MAC: mac, IPv4: p["ip"], Gateway: p["gw"], IPv6: p["ip6"], Gateway6: p["gw6"]})
	}
	return n
}

func (vm *VM) cloudInitSlot() string {
	for _, slot := range vm.Config.drives() {
		if isCloudInit(parseProperties(vm.Config[slot], "file")["file"]) {
			return slot
		}
	}
	return ""
}

func isCloudInit(volume string) bool { return strings.Contains(volume, "-cloudinit") }

// rebuildCloudInit writes the drive anew. A running guest sees it at its next boot.
func rebuildCloudInit(c *call) (any, error) {
	vm, err := c.vm("VM.Config.Cloudinit")
	if err != nil {
		return nil, err
	}
	return nil, c.holding(vm, func() error {
		vm.applyPending(atRebuild)
		return nil
	})
}
