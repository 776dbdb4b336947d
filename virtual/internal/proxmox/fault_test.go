package proxmox

import (
	"strings"
	"testing"
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

func TestAListingThatLagsShowsTheMachineLater(t *testing.T) {
	p := newPVE(t, Options{})
	must(t, p.Fail(Ask{Preset: "resources-lag", Seconds: 1e6}))
	p.made()
	same(t, p.ask("GET", "cluster/resources", "type=vm").Data, []any{})
	p.made("vmid=102")
	same(t, len(p.ask("GET", "cluster/resources", "type=vm").Data.([]any)), 1)
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
