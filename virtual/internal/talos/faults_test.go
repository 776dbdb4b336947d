package talos

import (
	"net/http"
	"net/http/httptest"
	"slices"
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
		if p.Description == "" || p.Seen == "" || p.Outcome.Next == "" || p.fault.Do == "" {
			t.Errorf("%s lacks something: %+v", p.Name, p)
		}
		if up := p.Outcome.Up; up != "succeeds" && (up != "fails" || p.Outcome.Says == "") {
			t.Errorf("%s: up %q says %q", p.Name, up, p.Outcome.Says)
		}
	}
}

func TestFaultsOfRequestsStrikeAsOftenAsAskedFor(t *testing.T) {
	s := newSite(t)
	s.generate()
	s.on(cp1)
	s.fail(Ask{Preset: "apply-reset"})
	s.fails("Unavailable", inMaintenance(cp1, "apply-config", "-f", "cp1.yaml")...)
	s.fail(Ask{Preset: "apply-reset-after", Machine: "cp1"})
	s.fails("Unavailable", inMaintenance(cp1, "apply-config", "-f", "cp1.yaml")...)
	s.eventually("cp1 runs", func() bool { return s.seen(cp1).Stage == "running" && s.seen(cp1).Answers })

	s.fail(Ask{Preset: "bootstrap-too-early", Times: 2, Machine: "cp2"})
	s.fail(Ask{Preset: "bootstrap-too-early", Times: 2})
	s.fails("bootstrap is not available yet", node(cp1, "bootstrap")...)
	s.fails("FailedPrecondition", node(cp1, "bootstrap")...)
	s.fail(Ask{Preset: "bootstrap-reset-after"})
	s.fails("Unavailable", node(cp1, "bootstrap")...)
	s.fails("AlreadyExists", node(cp1, "bootstrap")...)
	if n := s.count(cp1, "bootstrap", "bootstrapped"); n != 1 {
		t.Errorf("bootstrapped %d times", n)
	}

	s.fail(Ask{Preset: "members-silent"})
	s.fails("Unavailable", node(cp1, "etcd", "members")...)
	s.Clear()
	s.ok(node(cp1, "etcd", "members")...)
	s.fail(Ask{Preset: "installer-not-built"})
	s.fails("failed to pull image", node(cp1, "upgrade", "--image", "factory.talos.dev/nocloud-installer/"+other+":v1.13.1", "--drain=false")...)
	s.fail(Ask{Preset: "installer-fails"})
	s.fails("exit code 1", node(cp1, "upgrade", "--image", "factory.talos.dev/nocloud-installer/"+other+":v1.13.1", "--drain=false")...)
}

func TestAnAppliedConfigThatHangsIsNotTaken(t *testing.T) {
	s := newSite(t)
	s.generate()
	s.on(cp1)
	s.fail(Ask{Preset: "apply-hangs"})
	if out, err := s.within(2*time.Second, inMaintenance(cp1, "apply-config", "-f", "cp1.yaml")...); err == nil {
		t.Errorf("it answered: %s", out)
	}
	s.configure(cp1)
}

func TestFaultsOfBootsMakeItLateOrKeepItDark(t *testing.T) {
	s := newSite(t)
	s.fail(Ask{Preset: "never-answers", Machine: "cp1"})
	s.fail(Ask{Preset: "api-late", Machine: "cp2", Seconds: 400})
	s.fail(Ask{Preset: "slow-boot", Machine: "cp2", Seconds: 400})
	begun := time.Now()
	s.PowerOn(s.machine(cp1))
	s.on(112)
	if took := time.Since(begun); took < 4*time.Second {
		t.Errorf("cp2 answers after %s", took)
	}
	s.eventually("cp1 is dark", func() bool { return s.count(cp1, "dark", "never answers") == 1 })
	s.Clear()
	s.Reset(cp1)
	s.answers(cp1)
}

func TestKubeletAndEtcdWaitForTheTimeAndForTheirImages(t *testing.T) {
	s := newSite(t)
	s.generate()
	s.fail(Ask{Preset: "ntp-unreachable", Machine: "cp1"})
	s.on(cp1)
	s.configure(cp1)
	s.service(cp1, "etcd", "Waiting", "Waiting for time sync")
	s.service(cp1, "kubelet", "Waiting", "Waiting for time sync")
	contains(t, s.ok(node(cp1, "get", "timestatus")...), "false")
	s.fails("time is not in sync yet", node(cp1, "bootstrap")...)

	// A machine that has no images can be bootstrapped, and etcd starts once it has them.
	s.Clear()
	s.service(cp1, "kubelet", Running, "")
	contains(t, s.ok(node(cp1, "get", "timestatus")...), "true")
	s.on(112)
	s.fail(Ask{Preset: "images-refused", Machine: "cp2"})
	s.configure(112)
	s.service(112, "etcd", "Preparing", "Running pre state")
	s.ok(node(112, "bootstrap")...)
	s.service(112, "etcd", "Preparing", "Running pre state")
	s.Clear()
	s.service(112, "etcd", Running, "")

	// They stay on the disk over a reboot.
	s.fail(Ask{Preset: "images-refused", Machine: "cp2"})
	s.Reset(112)
	s.answers(112)
	s.service(112, "etcd", Running, "")
	if n := s.Faults()[0].Hits; n != 0 {
		t.Errorf("pulled %d times more", n)
	}

	s.fail(Ask{Preset: "images-slow", Machine: "w1", Seconds: 400})
	s.on(w1)
	begun := time.Now()
	s.configure(w1)
	s.service(w1, "kubelet", Running, "")
	if took := time.Since(begun); took < 2*time.Second {
		t.Errorf("the images were there after %s", took)
	}
}

// service waits until talosctl's machine shows a service in a state.
func (s *site) service(vmid int, name, state, message string) {
	s.t.Helper()
	s.eventually(name+" is "+state, func() bool {
		return slices.ContainsFunc(s.seen(vmid).Services, func(its Service) bool {
			return its.Name == name && its.State == state && its.Message == message
		})
	})
}

func TestTheSideDoorTellsAndTakesFaults(t *testing.T) {
	s := newSite(t)
	s.on(cp1)
	door := httptest.NewRecorder()
	ask := func(method, path, body string) string {
		door = httptest.NewRecorder()
		s.Control().ServeHTTP(door, httptest.NewRequest(method, "/_lab/talos/"+path, strings.NewReader(body)))
		return door.Body.String()
	}
	contains(t, ask("GET", "machines", ""), `"name":"cp1"`, `"stage":"maintenance"`, `"address":"192.168.1.11"`, schematic)
	contains(t, ask("GET", "events?after=1", ""), `"kind":"stage"`)
	contains(t, ask("GET", "presets", ""), `"name":"apply-hangs"`)
	contains(t, ask("POST", "faults", `{"preset": "earthquake"}`), `there is no preset "earthquake"; the presets are api-late, `)
	if door.Code != http.StatusBadRequest {
		t.Error(door.Code)
	}
	ask("POST", "faults", `{"preset": "apply-hangs", "times": 2, "machine": "cp1"}`)
	contains(t, ask("GET", "faults", ""), `"preset":"apply-hangs"`, `"machine":"cp1"`, `"times":2`)
	ask("DELETE", "faults", "")
	contains(t, ask("GET", "faults", ""), "[]")
}

func (s *site) fail(a Ask) {
	s.t.Helper()
	if err := s.Fail(a); err != nil {
		s.t.Fatal(err)
	}
}
