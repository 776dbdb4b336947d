package proxmox

import (
	"slices"
	"sync"
	"testing"
)

// listener hears of power, and takes its time.
type listener struct {
	bare
	mutex sync.Mutex
	heard []string
}

func (l *listener) note(what string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.heard = append(l.heard, what)
}

func (l *listener) PowerOn(m Machine) { l.note("on " + m.Name) }
func (l *listener) PowerCut(int)      { l.note("cut") }

func TestAtTheConsoleAMachineIsSwitchedOnAndCutOffOnce(t *testing.T) {
	guest := &listener{}
	c, err := New(Lab("1-2-3", Node{Name: "pve1"}), Options{Guest: guest})
	must(t, err)
	must(t, c.Fail(Ask{Preset: "vmid-taken", VMID: 101, Node: "pve1"}))
	for _, do := range []func(int) error{c.PowerOn, c.PowerOn, c.PowerCut, c.PowerCut} {
		must(t, do(101))
	}
	guest.mutex.Lock()
	defer guest.mutex.Unlock()
	if want := []string{"on somebody-elses", "cut"}; !slices.Equal(guest.heard, want) {
		t.Errorf("the guest heard %q, want %q", guest.heard, want)
	}
	if got := c.State().VMs[101].Power; got != Stopped {
		t.Errorf("it is %s", got)
	}
}

func TestTheConsoleNamesAMachineThatIsNotThere(t *testing.T) {
	c, err := New(Lab("1-2-3", Node{Name: "pve1"}), Options{})
	must(t, err)
	if err := c.PowerOn(7); err == nil || err.Error() != "there is no machine 7" {
		t.Errorf("got %v", err)
	}
}
