package proxmox

import "strings"

// effect is when a changed setting of a running machine counts.
type effect int

const (
	// atNextStart: it waits in the pending config until the machine is stopped and started.
	atNextStart effect = iota
	// atOnce: Proxmox changes it in the running machine, or it is no business of the machine's.
	atOnce
	// atRebuild: it waits until the cloud-init drive is written anew, by request or at the next start.
	atRebuild
)

// setting is a key of a machine's config.
type setting struct {
	kind      kind
	effect    effect
	privilege string
}

// table says for each setting its kind, its effect on a running machine and the privilege that changing it takes.
//
// Effects follow Proxmox's qemu-server: its "fast plug" options and the default hotplug classes (network, disk, usb)
// count at once, all else at the next start. Privileges follow the check it makes per option.
var table = func() map[string]setting {
	t := map[string]setting{}
	add := func(words string, e effect, privilege string) {
		for name, p := range takes(words) {
			t[name] = setting{p.kind, e, privilege}
		}
	}
	add("name description onboot? startup tags protection?", atOnce, "VM.Config.Options")
	add("hotplug", atOnce, "VM.Config.Options")
	add("boot agent ostype tablet? acpi? localtime? smbios1 template? reboot? keyboard watchdog rng0", atNextStart, "VM.Config.Options")
	add("cores# sockets# vcpus# cpu cpuunits# numa? numa[n]", atNextStart, "VM.Config.CPU")
	add("memory balloon# hugepages keephugepages?", atNextStart, "VM.Config.Memory")
	add("shares#", atOnce, "VM.Config.Memory")
	add("bios machine scsihw vga serial[n] usb[n] hostpci[n] audio0 ivshmem arch args affinity vmgenid hookscript", atNextStart, "VM.Config.HWType")
	add("net[n]", atOnce, "VM.Config.Network")
	add("scsi[n] virtio[n]", atOnce, "VM.Config.Disk")
	add("unused[n]", atOnce, "VM.Config.Disk")
	add("ide[n] sata[n] efidisk0 tpmstate0", atNextStart, "VM.Config.Disk")
	add("citype ciuser cipassword ciupgrade? cicustom sshkeys nameserver searchdomain ipconfig[n]", atRebuild, "VM.Config.Cloudinit")
	t["cpulimit"] = setting{decimal, atNextStart, "VM.Config.CPU"}
	return t
}()

// rootOnly are settings that no token may touch, whatever its privileges: only root@pam by password.
var rootOnly = map[string]bool{"args": true, "arch": true, "hookscript": true, "affinity": true}

// settings are the table as parameters.
var settings = func() schema {
	s := schema{}
	for name, def := range table {
		s[name] = parameter{kind: def.kind}
	}
	return s
}()

// settingNamed finds a setting by its key: net0 stands in the table as net[n].
func settingNamed(key string) (setting, bool) {
	if s, ok := table[key]; ok {
		return s, true
	}
	s, ok := table[trailingNumber.ReplaceAllString(key, "[n]")]
	return s, ok
}

// isDrive says whether the key holds a drive string.
func isDrive(key string) bool {
	for _, bus := range []string{"scsi", "virtio", "sata", "ide", "efidisk", "tpmstate"} {
		if rest, ok := strings.CutPrefix(key, bus); ok && rest != "" && trailingNumber.ReplaceAllString(rest, "") == "" {
			return true
		}
	}
	return false
}
