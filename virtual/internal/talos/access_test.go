package talos

import (
	"strings"
	"testing"
	"time"
)

func TestAReaderReadsAndAnOperatorReboots(t *testing.T) {
	s := bootstrapped(t)
	s.ok(node(cp1, "config", "new", "--roles", "os:reader", "reader")...)
	s.ok(node(cp1, "config", "new", "--roles", "os:operator", "operator")...)
	as := func(who string, arguments ...string) []string {
		return append([]string{"--talosconfig", who}, node(cp1, arguments...)...)
	}
	for _, allowed := range []string{"version", "services", "etcd members", "get members", "get addresses", "ls /var/lib/etcd"} {
		s.ok(as("reader", strings.Fields(allowed)...)...)
	}
	for _, forbidden := range []string{"reboot --wait=false", "bootstrap", "kubeconfig -", "get machineconfig", "apply-config -f cp1.yaml", "reset --wait=false"} {
		s.fails("not authorized", as("reader", strings.Fields(forbidden)...)...)
	}
	s.fails("not authorized", as("operator", "kubeconfig", "-")...)
	s.ok(as("operator", "reboot", "--wait=false")...)
	s.hears("rebooted cp1")
}

func TestAWorkerWithAnotherTokenStaysOutside(t *testing.T) {
	s := bootstrapped(t)
	s.write("stranger.yaml", "machine: {token: aaaaaa.bbbbbbbbbbbbbbbb}\n")
	s.ok("machineconfig", "patch", "w1.yaml", "-p", "@stranger.yaml", "-o", "w1.yaml")
	s.on(w1)
	s.configure(w1)
	s.eventually("w1 is refused", func() bool { return strings.Contains(s.story(), "invalid token") })
	if s.seen(w1).Answers {
		t.Error("w1 answers")
	}
}

func TestAConfigThatIsTriedIsTakenBack(t *testing.T) {
	s := bootstrapped(t)
	s.patched(`{"machine": {"nodeLabels": {"zone": "a"}}}`)
	contains(t, s.ok(node(cp1, "apply-config", "-f", "cp1.yaml", "-m", "try", "--timeout", "2s")...), "automatically reverted back in 2s")
	tried := func() bool {
		return strings.Contains(s.ok(node(cp1, "get", "machineconfig", "-o", "yaml")...), "zone: a")
	}
	if !tried() {
		t.Error("it has no effect")
	}
	s.eventually("it is taken back", func() bool { time.Sleep(200 * time.Millisecond); return !tried() })
}

func TestTheOlderWayToUpgradeDrainsInstallsAndReboots(t *testing.T) {
	s := bootstrapped(t)
	s.ok(node(cp1, "upgrade", "--legacy", "--image", "factory.talos.dev/nocloud-installer/"+other+":v1.13.1", "--timeout", "40s")...)
	contains(t, s.ok(node(cp1, "version")...), "v1.13.1")
}

func TestAMachineSaysWhatHappensOnIt(t *testing.T) {
	s := bootstrapped(t)
	contains(t, s.ok(node(cp1, "dmesg")...), "[talos] machine cp1: bootstrap: bootstrapped")
	contains(t, s.ok(node(cp1, "logs", "etcd")...), "Running")
	out, _ := s.within(3*time.Second, node(cp1, "events", "--tail", "-1")...)
	contains(t, out, "MachineStatusEvent")
	s.fails("was not registered", node(cp1, "logs", "nobody")...)
	s.fails("no such file", node(cp1, "ls", "/etc")...)
}
