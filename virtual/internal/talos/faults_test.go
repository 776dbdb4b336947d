package talos

import (
	"net/http"
	"net/http/httptest"
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
