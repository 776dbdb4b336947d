package proxmox

import "testing"

func TestADiskGrowsWhileItsMachineRunsAndNeverShrinks(t *testing.T) {
	guest := newDiary(true)
	p := newPVE(t, Options{Guest: guest})
	p.made()
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	p.ok("PUT", "nodes/pve1/qemu/101/resize", "disk=scsi0", "size=32212254720")
	same(t, p.config(101)["scsi0"], "local-lvm:vm-101-disk-1,discard=on,size=30G")
	same(t, guest.after(2), []string{"on", "disk resized"})
	same(t, p.ask("PUT", "nodes/pve1/qemu/101/resize", "disk=scsi0", "size=10G").Reason, "shrinking disks is not supported")
}

func TestWhatTheGuestWroteLivesAndDiesWithTheDisk(t *testing.T) {
	p := newPVE(t, Options{})
	p.made("scsi1=file=local-lvm:10")
	if err := p.WriteDisk(101, "scsi0", map[string]string{"config": "x"}); err != nil {
		t.Fatal(err)
	}
	p.ok("PUT", "nodes/pve1/qemu/101/resize", "disk=scsi0", "size=+10G")
	kept, err := p.DiskData(101, "scsi0")
	same(t, []any{kept, err}, []any{map[string]string{"config": "x"}, nil})
	p.ok("DELETE", "nodes/pve1/qemu/101")
	p.made()
	gone, err := p.DiskData(101, "scsi0")
	same(t, []any{gone, err}, []any{nil, nil})
}

func TestARemovedDiskStaysAsUnusedAndARemovedCloudInitDriveGoes(t *testing.T) {
	p := newPVE(t, Options{})
	p.made()
	p.ask("PUT", "nodes/pve1/qemu/101/config", "delete=scsi0,ide2,hostpci3")
	c := p.config(101)
	same(t, []string{c["scsi0"], c["ide2"], c["unused0"]}, []string{"", "", "local-lvm:vm-101-disk-1"})
	same(t, p.volume("pve1", "local-lvm:vm-101-cloudinit"), nil)
}

func TestAMovedDiskIsTheSameDisk(t *testing.T) {
	p := newPVE(t, Options{})
	p.state.Storages["fast"] = &Storage{ID: "fast", Type: "zfspool", Content: []string{"images"}, Total: 100 * gib}
	p.made()
	before := p.volume("pve1", "local-lvm:vm-101-disk-1").Generation
	p.ok("POST", "nodes/pve1/qemu/101/move_disk", "disk=scsi0", "storage=fast", "delete=1")
	same(t, p.config(101)["scsi0"], "fast:vm-101-disk-0,discard=on,size=20G")
	same(t, p.volume("pve1", "fast:vm-101-disk-0").Generation, before)
	same(t, p.ask("POST", "nodes/pve1/qemu/101/move_disk", "disk=scsi0", "storage=fast").Reason, "you can't move to the same storage with same format")
}

func TestAMachineIsMigratedWithItsLocalDisks(t *testing.T) {
	guest := newDiary(true)
	p := newPVE(t, Options{Guest: guest})
	p.made()
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	same(t, p.ask("POST", "nodes/pve1/qemu/101/migrate", "target=pve2", "online=1").Reason, "can't live migrate attached local disks without with-local-disks option")
	p.ok("POST", "nodes/pve1/qemu/101/migrate", "target=pve2", "online=1", "with-local-disks=1")
	same(t, []any{p.State().VMs[101].Node, p.State().VMs[101].Power}, []any{"pve2", Running})
	same(t, guest.after(2), []string{"on", "migrated"})
	same(t, p.ask("GET", "nodes/pve1/qemu/101/config").Status, 500)
}

func TestAStorageThatIsFullOrOfflineSaysSo(t *testing.T) {
	p := newPVE(t, Options{})
	same(t, p.task("POST", "nodes/pve1/qemu", machineParams("scsi1=file=local-lvm:2000")...),
		"unable to create VM 101 - no space left on storage 'local-lvm': 2000G wanted, 1003512M free")
	p.state.Storages["local-lvm"].Offline = true
	same(t, p.task("POST", "nodes/pve1/qemu", machineParams()...), "unable to create VM 101 - storage 'local-lvm' is not online")
	same(t, p.ask("GET", "nodes/pve1/storage/nowhere/content").Reason, "storage 'nowhere' does not exist")
}
