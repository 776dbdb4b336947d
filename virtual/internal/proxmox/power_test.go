package proxmox

import (
	"crypto/sha1"
	"fmt"
	"slices"
	"testing"
)

const (
	userData = `#cloud-config
hostname: cp1
manage_etc_hosts: true
chpasswd:
  expire: False
users:
  - default
package_upgrade: true
`
	networkConfig = `version: 1
config:
    - type: physical
      name: eth0
      mac_address: 'bc:24:11:00:00:0b'
      subnets:
      - type: static
        address: '192.168.1.11'
        netmask: '255.255.255.0'
        gateway: '192.168.1.1'
    - type: nameserver
      address:
      - '192.168.1.1'
`
)

func TestTheGuestIsToldWhatItRunsOn(t *testing.T) {
	guest := newDiary(true)
	p := newPVE(t, Options{Guest: guest})
	p.made("hostpci0=mapping=gpu,pcie=1")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	guest.after(1)
	same(t, guest.machines[0], Machine{
		VMID: 101, Name: "cp1", Node: "pve1", Cores: 2, Memory: 2048, Firmware: "ovmf",
		NICs:  []NIC{{Slot: "net0", Model: "virtio", MAC: "BC:24:11:00:00:0B", Bridge: "vmbr0"}},
		Disks: []Disk{{Slot: "scsi0", Volume: "local-lvm:vm-101-disk-1", Generation: 3, Size: 20 * gib}},
		Boot:  []string{"scsi0"}, PCI: []string{"mapping=gpu,pcie=1"},
		CloudInit: &CloudInit{UserData: userData, NetworkConfig: networkConfig,
			MetaData: fmt.Sprintf("instance-id: %x\n", sha1.Sum([]byte(userData+networkConfig)))},
	})
}

func TestAShutdownAsksAndAStopCuts(t *testing.T) {
	guest := newDiary(true)
	p := newPVE(t, Options{Guest: guest})
	*guest.cluster = p.Cluster
	p.made()
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	p.ok("POST", "nodes/pve1/qemu/101/status/shutdown")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	p.ok("POST", "nodes/pve1/qemu/101/status/stop")
	p.ok("DELETE", "nodes/pve1/qemu/101", "purge=1")
	same(t, guest.after(5), []string{"on", "asked to power off", "on", "cut", "destroyed"})
}

func TestAGuestThatIgnoresTheButtonIsCutOffOnlyWhenThatIsAskedFor(t *testing.T) {
	guest := newDiary(false)
	p := newPVE(t, Options{Guest: guest})
	p.made()
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	same(t, p.task("POST", "nodes/pve1/qemu/101/status/shutdown", "timeout=3"), "VM quit/powerdown failed - got timeout")
	same(t, p.State().VMs[101].Power, Running)
	p.ok("POST", "nodes/pve1/qemu/101/status/shutdown", "timeout=3", "forceStop=1")
	same(t, guest.after(4), []string{"on", "asked to power off", "asked to power off", "cut"})
}

func TestAChangeThatNeedsARestartWaitsForOne(t *testing.T) {
	p := newPVE(t, Options{})
	p.made()
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	p.ask("PUT", "nodes/pve1/qemu/101/config", "memory=4096", "name=one")
	vm := p.State().VMs[101]
	same(t, []any{vm.Config["memory"], vm.Pending, vm.Config["name"]}, []any{"2048", Config{"memory": "4096"}, "one"})
	same(t, p.ask("GET", "nodes/pve1/qemu/101/config").Data.(map[string]any)["memory"], "4096")
	same(t, p.ask("GET", "nodes/pve1/qemu/101/config", "current=1").Data.(map[string]any)["memory"], "2048")

	p.GuestRebooted(101)
	same(t, p.config(101)["memory"], "2048")
	p.ok("POST", "nodes/pve1/qemu/101/status/reboot")
	same(t, []any{p.config(101)["memory"], p.State().VMs[101].Power}, []any{"4096", Running})
}

func TestAMachineThatRunsOrIsProtectedIsNotDestroyed(t *testing.T) {
	p := newPVE(t, Options{})
	p.made("protection=1")
	same(t, p.ask("DELETE", "nodes/pve1/qemu/101").Reason, "can't remove VM 101 - protection mode enabled")
	p.ask("PUT", "nodes/pve1/qemu/101/config", "protection=0")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	same(t, p.ask("DELETE", "nodes/pve1/qemu/101").Reason, "VM 101 is running - destroy failed")
	same(t, p.ask("POST", "nodes/pve1/qemu/101/status/start").Reason, "VM 101 already running")
}

func TestAHostThatLacksWhatAMachineNeedsDoesNotStartIt(t *testing.T) {
	p := newPVE(t, Options{})
	p.made("net1=model=virtio,bridge=vmbr9", "hostpci0=mapping=gpu")
	same(t, p.task("POST", "nodes/pve1/qemu/101/status/start"), "bridge 'vmbr9' does not exist")
	p.ask("PUT", "nodes/pve1/qemu/101/config", "delete=net1", "memory=999999")
	same(t, p.task("POST", "nodes/pve1/qemu/101/status/start"), "start failed: QEMU exited with code 1: cannot set up guest memory 'pc.ram': Cannot allocate memory")
	p.ask("PUT", "nodes/pve1/qemu/101/config", "memory=2048")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	p.made("vmid=102", "hostpci0=mapping=gpu")
	same(t, p.task("POST", "nodes/pve1/qemu/102/status/start"), "PCI device '0000:01:00.0' already in use by VMID '101'")
}

func TestOperationsOnOneMachineFollowEachOther(t *testing.T) {
	p := newPVE(t, Options{Guest: newDiary(false)})
	p.made()
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	waiting := p.ask("POST", "nodes/pve1/qemu/101/status/shutdown", "timeout=600").Data.(string)
	same(t, p.ask("PUT", "nodes/pve1/qemu/101/config", "name=x").Reason, "can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout")
	same(t, p.ask("GET", "nodes/pve1/tasks/"+waiting+"/status").Data.(map[string]any)["status"], "running")
	p.GuestPoweredOff(101)
	same(t, p.ask("PUT", "nodes/pve1/qemu/101/config", "name=x").Status, 200)
}

func TestTheAgentAnswersOnceTheGuestSaysSo(t *testing.T) {
	p := newPVE(t, Options{})
	p.state.Tokens["starbase@pve!lab"].Access["/"] = append(slices.Clone(LabPrivileges), "VM.GuestAgent.Audit")
	p.made("agent=enabled=1")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	same(t, p.ask("POST", "nodes/pve1/qemu/101/agent/ping").Reason, "QEMU guest agent is not running")
	p.AgentUp(101, []Interface{{Name: "eth0", MAC: "BC:24:11:00:00:0B", Addresses: []string{"192.168.1.11/24"}}})
	same(t, p.ask("POST", "nodes/pve1/qemu/101/agent/ping").Status, 200)
	same(t, p.ask("GET", "nodes/pve1/qemu/101/agent/network-get-interfaces").Data, map[string]any{"result": []any{map[string]any{
		"name": "eth0", "hardware-address": "BC:24:11:00:00:0B",
		"ip-addresses": []any{map[string]any{"ip-address": "192.168.1.11", "ip-address-type": "ipv4", "prefix": 24}},
	}}})
}
