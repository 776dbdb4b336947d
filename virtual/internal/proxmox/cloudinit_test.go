package proxmox

import (
	"strings"
	"testing"
)

func TestAMachineWithoutNameServersGetsThoseOfItsHost(t *testing.T) {
	vm := &VM{ID: 101, Config: Config{"name": "cp1.lab.example", "ide2": "local-lvm:vm-101-cloudinit,media=cdrom",
		"net0": "virtio=BC:24:11:00:00:0B,bridge=vmbr0", "ipconfig0": "ip=dhcp,ip6=auto",
		"net1": "virtio=BC:24:11:00:00:0C,bridge=vmbr1", "net2": "virtio=BC:24:11:00:00:0D,bridge=vmbr1", "ipconfig2": "ip6=fd00::2/64,gw6=fd00::1"}}
	drive := vm.cloudInit(Resolver{Search: []string{"home.example"}, Servers: []string{"192.168.1.1", "192.168.1.2"}})
	same(t, drive.NetworkConfig, `version: 1
config:
    - type: physical
      name: eth0
      mac_address: 'bc:24:11:00:00:0b'
      subnets:
      - type: dhcp4
      - type: ipv6_slaac
    - type: physical
      name: eth2
      mac_address: 'bc:24:11:00:00:0d'
      subnets:
      - type: static6
        address: 'fd00::2/64'
        gateway: 'fd00::1'
    - type: nameserver
      address:
      - '192.168.1.1'
      - '192.168.1.2'
      search:
      - 'home.example'
`)
	same(t, strings.HasPrefix(drive.UserData, "#cloud-config\nhostname: cp1\nmanage_etc_hosts: true\nfqdn: cp1.lab.example\n"), true)

	vm.Config["nameserver"], vm.Config["searchdomain"] = "9.9.9.9 1.1.1.1", "lab.example"
	own := vm.cloudInit(Resolver{Servers: []string{"192.168.1.1"}})
	same(t, strings.HasSuffix(own.NetworkConfig, "      - '9.9.9.9'\n      - '1.1.1.1'\n      search:\n      - 'lab.example'\n"), true)
}
