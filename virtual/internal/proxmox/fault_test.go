package proxmox

import (
	"strings"
	"testing"
	"time"
)

func TestEveryPresetSaysWhatToExpectOfIt(t *testing.T) {
	names := map[string]bool{}
	for _, p := range Presets {
		if names[p.Name] {
			t.Errorf("%s is there twice", p.Name)
		}
		names[p.Name] = true
		if p.Description == "" || p.Seen == "" || p.Outcome.Next == "" {
			t.Errorf("%s lacks a description: %+v", p.Name, p)
		}
		if up := p.Outcome.Up; up != "succeeds" && (up != "fails" || p.Outcome.Says == "") {
			t.Errorf("%s: up %q says %q", p.Name, up, p.Outcome.Says)
		}
		if (p.prepare == nil) == (len(p.faults) == 0) {
			t.Errorf("%s must be either an event or a situation", p.Name)
		}
	}
}

func TestAFaultStrikesAsOftenAsAskedForAndWhere(t *testing.T) {
	p := newPVE(t, Options{})
	p.made()
	p.made("vmid=102")
	must(t, p.Fail(Ask{Preset: "cannot-lock", Times: 2, VMID: 101}))
	put := func(id string) string { return p.ask("PUT", "nodes/pve1/qemu/"+id+"/config", "name=x").Reason }
	same(t, []string{put("102"), put("101"), put("101"), put("101")}, []string{"OK",
		"can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout",
		"can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout", "OK"})
	same(t, p.Faults()[0].Hits, 2)
}

func TestABrokenConnectionIsBrokenBeforeOrAfterTheWork(t *testing.T) {
	p := newPVE(t, Options{})
	must(t, p.Fail(Ask{Preset: "connection-reset"}))
	if a := p.ask("POST", "nodes/pve1/qemu", machineParams()...); a.Status != 0 || !strings.Contains(a.Reason, "reset by peer") {
		t.Errorf("%+v", a)
	}
	same(t, len(p.State().VMs), 0)
	must(t, p.Fail(Ask{Preset: "connection-reset-after"}))
	if a := p.ask("POST", "nodes/pve1/qemu", machineParams()...); a.Status != 0 || !strings.Contains(a.Reason, "reset by peer") {
		t.Errorf("%+v", a)
	}
	same(t, len(p.State().VMs), 1)
}

func TestAMachineThatNeverBootsRunsAndItsGuestHearsNothing(t *testing.T) {
	guest := newDiary(true)
	p := newPVE(t, Options{Guest: guest})
	must(t, p.Fail(Ask{Preset: "never-boots", VMID: 101}))
	p.made()
	p.made("vmid=102")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	p.ok("POST", "nodes/pve1/qemu/102/status/start")
	same(t, guest.after(1), []string{"on"})
	same(t, guest.machines[0].VMID, 102)
	same(t, []any{p.State().VMs[101].Power, p.State().VMs[101].Dark}, []any{Running, true})
}

func TestANewMachineIsListedWithoutNameAndStatusUntilItsHostReportsIt(t *testing.T) {
	p := newPVE(t, Options{Speed: 20})
	p.made("tags=starbase")
	nameless := map[string]any{
		"id": "qemu/101", "type": "qemu", "vmid": 101, "node": "pve1", "status": "unknown", "tags": "starbase"}
	same(t, p.ask("GET", "cluster/resources", "type=vm").Data, []any{nameless})
	p.mutex.Lock()
	p.pass(reported)
	p.mutex.Unlock()
	same(t, p.listed()["name"], "cp1")
	must(t, p.Fail(Ask{Preset: "names-lag"}))
	same(t, p.ask("GET", "cluster/resources", "type=vm").Data, []any{nameless})
}

func TestAHostThatIsDownHasNoPowerAndNobodyAnswersForItUntilItBootsAgain(t *testing.T) {
	guest := newDiary(true)
	p := newPVE(t, Options{Guest: guest})
	p.made("onboot=1")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	p.mutex.Lock()
	p.pass(reported)
	p.mutex.Unlock()

	must(t, p.Fail(Ask{Preset: "host-down", Node: "pve1"}))
	same(t, p.State().VMs[101].Power, Stopped)
	same(t, []any{p.listed()["name"], p.listed()["status"]}, []any{nil, "unknown"})
	nodes := p.ask("GET", "nodes").Data.([]any)
	same(t, []any{nodes[0].(map[string]any)["status"], nodes[1].(map[string]any)["status"]}, []any{"offline", "online"})
	a := p.ask("GET", "nodes/pve1/storage")
	same(t, []any{a.Status, a.Reason}, []any{595, "No route to host"})
	same(t, p.ask("GET", "nodes/pve2/storage").Status, 200)

	p.Clear()
	same(t, p.State().VMs[101].Power, Running)
	same(t, p.listed()["name"], "cp1")
}

func TestNobodyAnswersAtTheAddressOfAHostThatIsDown(t *testing.T) {
	p := newPVE(t, Options{})
	p.state.Nodes["pve1"].Address = "127.0.0.1"
	must(t, p.Fail(Ask{Preset: "host-down", Node: "pve1"}))
	same(t, p.ask("GET", "version").Status, 0)
}

func TestHostsAreOfTheReleaseThatAPresetSays(t *testing.T) {
	p := newPVE(t, Options{})
	p.made("agent=1")
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	same(t, p.ask("GET", "version").Data.(map[string]any)["release"], "9.1")
	same(t, p.ask("POST", "nodes/pve1/qemu/101/agent/ping").Reason, "Permission check failed (/vms/101, VM.GuestAgent.Audit)")

	must(t, p.Fail(Ask{Preset: "pve-8.4"}))
	same(t, p.ask("GET", "version").Data.(map[string]any)["release"], "8.4")
	same(t, p.ask("POST", "nodes/pve1/qemu/101/agent/ping").Reason, "Permission check failed (/vms/101, VM.Monitor)")
	same(t, len(p.ask("GET", "nodes/pve1/storage", "content=import").Data.([]any)), 2)

	p.Clear()
	must(t, p.Fail(Ask{Preset: "pve-8.2"}))
	same(t, p.ask("GET", "nodes/pve1/storage", "content=import").Data, []any{})
}

func TestAStorageAsBoughtBeforeTakesNoImages(t *testing.T) {
	p := newPVE(t, Options{})
	must(t, p.Fail(Ask{Preset: "no-import"}))
	same(t, p.ask("GET", "nodes/pve1/storage", "content=import").Data, []any{})
	same(t, p.ask("POST", "nodes/pve1/storage/local/download-url", "content=import", "filename=a.qcow2", "url=https://factory.example/a.qcow2").Reason,
		"storage 'local' is not configured for content type 'import'")
}

func TestEachPrivilegeCanBeMissing(t *testing.T) {
	p := newPVE(t, Options{})
	must(t, p.Fail(Ask{Preset: "no-privilege", Privilege: "SDN.Use"}))
	same(t, p.ask("POST", "nodes/pve1/qemu", machineParams()...).Reason, "Permission check failed (/sdn/zones/localnetwork/vmbr0, SDN.Use)")
	same(t, p.ask("GET", "nodes/pve1/network", "type=any_bridge").Data, []any{})
	granted := p.ask("GET", "access/permissions").Data.(map[string]any)["/"].(map[string]any)
	same(t, []any{granted["SDN.Use"], granted["VM.Allocate"]}, []any{nil, 1})
}

func TestAHostsClockCanBeWrong(t *testing.T) {
	p := newPVE(t, Options{})
	ahead := func(node string) bool {
		return int64(p.ask("GET", "nodes/"+node+"/time").Data.(map[string]any)["time"].(float64)) > time.Now().Unix()+400
	}
	must(t, p.Fail(Ask{Preset: "clock-skew", Node: "pve2"}))
	same(t, []bool{ahead("pve1"), ahead("pve2")}, []bool{false, true})
}

func TestMappingsNameTheDevicesOfEachHost(t *testing.T) {
	same(t, newPVE(t, Options{}).ask("GET", "cluster/mapping/pci").Data,
		[]any{map[string]any{"id": "gpu", "map": []any{"id=10de:1b80,node=pve1,path=0000:01:00.0"}}})
}

// listed is the only machine in the cluster's list.
func (p *pve) listed() map[string]any {
	return p.ask("GET", "cluster/resources", "type=vm").Data.([]any)[0].(map[string]any)
}

func TestAPresetThatDoesNotExistIsAnsweredWithThoseThatDo(t *testing.T) {
	err := newPVE(t, Options{}).Fail(Ask{Preset: "earthquake"})
	if err == nil || !strings.HasPrefix(err.Error(), `there is no preset "earthquake"; the presets are cannot-lock, `) {
		t.Errorf("%v", err)
	}
}

func TestASlowTaskIsSlowOnTheClustersClock(t *testing.T) {
	p := newPVE(t, Options{})
	p.made()
	must(t, p.Fail(Ask{Preset: "slow-task", Seconds: 100}))
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	task := p.State().Tasks[1]
	if took := task.End.Sub(task.Start).Seconds(); took < 102 {
		t.Errorf("took %v s", took)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
