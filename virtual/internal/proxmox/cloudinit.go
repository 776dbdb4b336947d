package proxmox

import (
	"cmp"
	"crypto/sha1"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// CloudInit is the content of a cloud-init drive of type nocloud, file by file, as Proxmox writes it.
// Source: PVE::QemuServer::Cloudinit. The lines for a password and SSH keys in the user data are not simulated.
type CloudInit struct {
	UserData      string `json:"userData"`
	MetaData      string `json:"metaData"`
	NetworkConfig string `json:"networkConfig"`
}

// Resolver is a host's own /etc/resolv.conf.
type Resolver struct {
	Search  []string `json:"search,omitempty"`
	Servers []string `json:"servers,omitempty"`
}

// cloudInit returns the content of the machine's cloud-init drive on a host with this resolver; nil without such a drive.
func (vm *VM) cloudInit(host Resolver) *CloudInit {
	if !vm.hasCloudInit() {
		return nil
	}
	user, network := vm.userData(), vm.networkConfig(host)
	return &CloudInit{UserData: user, NetworkConfig: network,
		MetaData: fmt.Sprintf("instance-id: %x\n", sha1.Sum([]byte(user+network)))}
}

func (vm *VM) userData() string {
	name := cmp.Or(vm.Config["name"], fmt.Sprintf("VM%d", vm.ID))
	host, _, qualified := strings.Cut(name, ".")
	text := "#cloud-config\nhostname: " + host + "\nmanage_etc_hosts: true\n"
	if domain := strings.Fields(vm.Config["searchdomain"]); qualified || len(domain) > 0 {
		if !qualified {
			name += "." + domain[0]
		}
		text += "fqdn: " + name + "\n"
	}
	return text + "chpasswd:\n  expire: False\nusers:\n  - default\npackage_upgrade: true\n"
}

// networkConfig returns the network-config, in version 1. It identifies cards by their MAC address, in lower case.
func (vm *VM) networkConfig(host Resolver) string {
	text := "version: 1\nconfig:\n"
	add := func(indent int, format string, values ...any) {
		text += strings.Repeat(" ", indent) + fmt.Sprintf(format, values...) + "\n"
	}
	for _, slot := range vm.Config.slots("net") {
		number := strings.TrimPrefix(slot, "net")
		settings, ok := vm.Config["ipconfig"+number]
		if !ok {
			continue
		}
		_, mac, _ := strings.Cut(nicOf(parseProperties(vm.Config[slot], "model")), "=")
		add(4, "- type: physical")
		add(4, "  name: eth%s", number)
		add(4, "  mac_address: '%s'", strings.ToLower(mac))
		add(4, "  subnets:")
		p := parseProperties(settings, "")
		switch ip := p["ip"]; ip {
		case "":
		case "dhcp":
			add(6, "- type: dhcp4")
		default:
			address, mask := parts(ip)
			add(6, "- type: static")
			add(6, "  address: '%s'", address)
			add(6, "  netmask: '%s'", mask)
			if p["gw"] != "" {
				add(6, "  gateway: '%s'", p["gw"])
			}
		}
		switch ip := p["ip6"]; ip {
		case "":
		case "dhcp":
			add(6, "- type: dhcp6")
		case "auto":
			add(6, "- type: ipv6_slaac")
		default:
			add(6, "- type: static6")
			add(6, "  address: '%s'", ip)
			if p["gw6"] != "" {
				add(6, "  gateway: '%s'", p["gw6"])
			}
		}
	}
	list := func(key string, values []string) {
		if len(values) > 0 {
			add(4, "  %s:", key)
		}
		for _, value := range values {
			add(4, "  - '%s'", value)
		}
	}
	add(4, "- type: nameserver")
	list("address", vm.orHosts("nameserver", host.Servers))
	list("search", vm.orHosts("searchdomain", host.Search))
	return text
}

// orHosts returns a list of the machine's config, or its host's if the machine has none.
func (vm *VM) orHosts(setting string, hosts []string) []string {
	if own, ok := vm.Config[setting]; ok {
		return strings.FieldsFunc(own, func(r rune) bool { return strings.ContainsRune(" ,;", r) })
	}
	return hosts
}

// parts splits ADDRESS/LENGTH into address and netmask. The API accepts only this form.
func parts(ip string) (address, mask string) {
	prefix, err := netip.ParsePrefix(ip)
	if err != nil {
		return ip, ""
	}
	return prefix.Addr().String(), net.IP(net.CIDRMask(prefix.Bits(), 32)).String()
}

func (vm *VM) hasCloudInit() bool {
	return slices.ContainsFunc(vm.Config.drives(), func(slot string) bool {
		return isCloudInit(parseProperties(vm.Config[slot], "file")["file"])
	})
}

func isCloudInit(volume string) bool { return strings.Contains(volume, "-cloudinit") }

// rebuildCloudInit writes the drive again. A running guest reads it at its next boot.
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
