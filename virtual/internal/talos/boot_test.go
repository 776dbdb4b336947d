package talos

import (
	"os"
	"strings"
	"testing"

	"starbase.example/virtual/internal/proxmox"
)

func TestAMachineThatCannotBootRunsAndNeverAnswersAndSaysWhy(t *testing.T) {
	for reason, spoil := range map[string]func(*proxmox.Machine){
		`the boot order "net0" names no disk`:               func(m *proxmox.Machine) { m.Boot = []string{"net0"} },
		"scsi0: nothing was ever written to it":             func(m *proxmox.Machine) { m.Disks[0].URL = "" },
		"is no disk image of an image factory":              func(m *proxmox.Machine) { m.Disks[0].URL = "https://cloud.debian.org/debian.qcow2" },
		"is for metal machines":                             func(m *proxmox.Machine) { m.Disks[0].URL = strings.Replace(imageURL, nocloud, "metal", 1) },
		"it has no network card":                            func(m *proxmox.Machine) { m.NICs = nil },
		"it has no cloud-init drive":                        func(m *proxmox.Machine) { m.CloudInit = nil },
		"no address for the network card BC:24:11:00:00:FF": func(m *proxmox.Machine) { m.NICs[0].MAC = "BC:24:11:00:00:FF" },
		"by DHCP, and the LAN has no DHCP server":           func(m *proxmox.Machine) { m.CloudInit = drive(cp1, m.NICs[0].MAC, "dhcp4") },
		"has an invalid address":                            func(m *proxmox.Machine) { m.CloudInit = drive(cp1, m.NICs[0].MAC, "static, address: 192.168.1.11") },
		"has a machine config, which is not simulated":      func(m *proxmox.Machine) { m.CloudInit.UserData = "version: v1alpha1\n" },
		"network-config metadata version=2":                 func(m *proxmox.Machine) { m.CloudInit.NetworkConfig = "version: 2\n" },
		"is not in the LAN's network 192.168.1.0/24": func(m *proxmox.Machine) {
			m.CloudInit = drive(cp1, m.NICs[0].MAC, "static, address: 10.0.0.11, netmask: 255.255.255.0")
		},
	} {
		t.Run(reason, func(t *testing.T) {
			s := newSite(t)
			m := s.machine(cp1)
			spoil(&m)
			s.PowerOn(m)
			s.eventually("cp1 is dark", func() bool { return s.count(cp1, "dark", "never answers") == 1 })
			if story := s.story(); !strings.Contains(story, reason) {
				t.Errorf("%q is missing in:\n%s", reason, story)
			}
			s.AcpiShutdown(cp1)
			if len(s.told) > 0 {
				t.Errorf("the hypervisor heard %v", s.told)
			}
			s.PowerCut(cp1)
			if stage := s.seen(cp1).Stage; stage != "off" {
				t.Error(stage)
			}
		})
	}
}

func TestTheFirstDiskInBootOrderThatBootsIsTheSystemDisk(t *testing.T) {
	s := newSite(t)
	m := s.machine(cp1)
	m.Disks = append([]proxmox.Disk{{Slot: "scsi1"}}, m.Disks...)
	m.Boot = []string{"scsi1", "net0", "scsi0"}
	s.PowerOn(m)
	s.answers(cp1)
	if seen := s.seen(cp1); seen.Stage != "maintenance" || seen.Schematic != schematic || seen.Version != "v1.13.0" {
		t.Errorf("%+v", seen)
	}
	if len(s.agents) > 0 {
		t.Error("the guest agent answers in maintenance mode")
	}
}

func TestTheConfigLivesAndDiesWithTheDisk(t *testing.T) {
	s := bootstrapped(t)
	s.PowerCut(cp1)
	s.on(cp1)
	s.ok(node(cp1, "etcd", "members")...)
	s.fails("AlreadyExists", node(cp1, "bootstrap")...)

	s.PowerCut(cp1)
	s.disks = map[int]map[string]string{} // the disk is imported again
	s.on(cp1)
	if stage := s.seen(cp1).Stage; stage != "maintenance" {
		t.Error(stage)
	}
	s.clusters.members = nil
	s.configure(cp1)
	s.answers(cp1)
	s.fails("etcd is not running", node(cp1, "etcd", "members")...)

	s.Destroyed(cp1)
	if left, err := os.ReadDir(s.options.Folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestALabThatIsStartedAgainGoesOn(t *testing.T) {
	s := bootstrapped(t)
	s.end()
	s.Wait()
	s.start()
	s.on(cp1)
	s.eventually("cp1 runs", func() bool { return s.seen(cp1).Stage == "running" })
	contains(t, s.ok(node(cp1, "etcd", "members")...), "cp1")
	s.fails("AlreadyExists", node(cp1, "bootstrap")...)
}

func TestThePowerButtonPowersOffAndDrainsNothing(t *testing.T) {
	s := newSite(t)
	s.on(cp1)
	s.AcpiShutdown(cp1)
	s.hears("off cp1")
	s.generate()
	s.on(cp1)
	s.configure(cp1)
	s.clusters.drain = os.ErrInvalid
	s.told = nil
	s.AcpiShutdown(cp1)
	s.hears("off cp1")
	s.on(cp1)
	s.ok(node(cp1, "shutdown", "--wait=false")...)
	s.eventually("the shutdown fails with the drain", func() bool { return s.count(cp1, "error", "shutdown failed") == 1 })
	s.ok(node(cp1, "shutdown", "--wait=false", "--force")...)
	s.eventually("cp1 is off", func() bool { return s.seen(cp1).Stage == "off" })
}

func TestTheResetButtonBootsWithWhatIsOnTheDisk(t *testing.T) {
	s := bootstrapped(t)
	s.Reset(cp1)
	s.answers(cp1)
	contains(t, s.ok(node(cp1, "etcd", "members")...), "cp1")
	if n := s.count(cp1, "boot", "boots"); n != 2 {
		t.Errorf("booted %d times", n)
	}
}
