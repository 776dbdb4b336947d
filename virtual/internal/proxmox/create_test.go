package proxmox

import (
	"slices"
	"strings"
	"testing"
)

func TestDisksAreMadeAndWrittenTheWayProxmoxStoresThem(t *testing.T) {
	p := newPVE(t, Options{})
	p.made("tags=Worker;starbase-lab;worker")
	c := p.config(101)
	same(t, []string{c["efidisk0"], c["ide2"], c["net0"], c["scsi0"], c["tags"]}, []string{
		"local-lvm:vm-101-disk-0,efitype=4m,pre-enrolled-keys=0,size=4M",
		"local-lvm:vm-101-cloudinit,media=cdrom,size=4M",
		"virtio=BC:24:11:00:00:0B,bridge=vmbr0,firewall=0",
		"local-lvm:vm-101-disk-1,discard=on,size=20G",
		"starbase-lab;worker",
	})
	if !strings.HasPrefix(c["smbios1"], "uuid=") || c["vmgenid"] == "" || !strings.HasPrefix(c["meta"], "creation-qemu=") {
		t.Errorf("smbios1 %q, vmgenid %q, meta %q", c["smbios1"], c["vmgenid"], c["meta"])
	}
}

func TestACardWithoutAnAddressGetsOneOfProxmoxs(t *testing.T) {
	p := newPVE(t, Options{})
	p.made("net1=model=virtio,bridge=vmbr0")
	if nic := p.config(101)["net1"]; !strings.HasPrefix(nic, "virtio=BC:24:11:") || !strings.HasSuffix(nic, ",bridge=vmbr0") {
		t.Error(nic)
	}
}

func TestAFailedCreationLeavesNothing(t *testing.T) {
	p := newPVE(t, Options{})
	exit := p.task("POST", "nodes/pve1/qemu", machineParams("scsi1=file=local-lvm:50,format=qcow2")...)
	same(t, exit, "unable to create VM 101 - unsupported format 'qcow2' at storage 'local-lvm'")
	same(t, []int{len(p.State().VMs), len(p.State().Volumes)}, []int{0, 0})
}

func TestAnIDCanBeTakenOnlyOnce(t *testing.T) {
	p := newPVE(t, Options{})
	p.made()
	a := p.ask("POST", "nodes/pve2/qemu", machineParams()...)
	same(t, []any{a.Status, a.Reason}, []any{500, "unable to create VM 101 - VM 101 already exists on node 'pve1'"})
	same(t, p.ask("GET", "cluster/nextid", "vmid=101").Errors, map[string]string{"vmid": "VM 101 already exists"})
	same(t, p.ask("GET", "cluster/nextid").Data, "100")
}

func TestAMachineIsLockedUntilItIsMade(t *testing.T) {
	p := newPVE(t, Options{Speed: 0.001})
	p.ask("POST", "nodes/pve1/qemu", machineParams()...)
	same(t, p.ask("GET", "nodes/pve1/qemu/101/config").Data.(map[string]any)["lock"], "create")
	same(t, p.ask("PUT", "nodes/pve1/qemu/101/config", "name=x").Reason, "VM is locked (create)")
}

func TestAnImportedDiskRemembersWhereItCameFrom(t *testing.T) {
	p := newPVE(t, Options{})
	p.mutex.Lock()
	_, err := p.keep("pve1", &Volume{ID: "local:import/talos.qcow2", Content: "import", Format: "qcow2", Size: mib, Virtual: 2 * gib, URL: "https://factory/x"})
	p.mutex.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	p.made("scsi0=file=local-lvm:0,import-from=local:import/talos.qcow2,format=raw")
	same(t, p.config(101)["scsi0"], "local-lvm:vm-101-disk-1,size=2G")
	v := p.volume("pve1", "local-lvm:vm-101-disk-1")
	same(t, []any{v.Origin, v.URL, v.Format}, []any{"local:import/talos.qcow2", "https://factory/x", "raw"})
}

func TestEveryNewDiskHasAGenerationOfItsOwn(t *testing.T) {
	p := newPVE(t, Options{})
	p.made()
	first := p.volume("pve1", "local-lvm:vm-101-disk-1").Generation
	p.ok("DELETE", "nodes/pve1/qemu/101/")
	same(t, len(p.State().Volumes), 0)
	p.made()
	if again := p.volume("pve1", "local-lvm:vm-101-disk-1").Generation; again <= first {
		t.Errorf("generation %d after %d", again, first)
	}
}

func TestAPoolMustBeThereAndListsItsMembers(t *testing.T) {
	p := newPVE(t, Options{})
	same(t, p.ask("POST", "nodes/pve1/qemu", machineParams("pool=nowhere")...).Reason, "pool 'nowhere' does not exist")
	p.made("pool=starbase")
	members := p.ask("GET", "pools", "poolid=starbase").Data.([]any)[0].(map[string]any)["members"].([]any)
	same(t, members[0].(map[string]any)["id"], "qemu/101")
}

func TestAUPIDHasTheGrammarThatClientsRead(t *testing.T) {
	p := newPVE(t, Options{})
	p.made()
	parts := strings.Split(p.State().Tasks[0].UPID, ":")
	same(t, slices.Concat(parts[:2], parts[5:]), []string{"UPID", "pve1", "qmcreate", "101", "starbase@pve!lab", ""})
}
