package proxmox

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheSideDoorSetsFaultsAndShowsTheState(t *testing.T) {
	p := newPVE(t, Options{})
	door := httptest.NewServer(p.Control())
	t.Cleanup(door.Close)
	ask := func(method, path, body string) (int, string) {
		r, err := http.NewRequest(method, door.URL+"/_lab/"+path, strings.NewReader(body))
		must(t, err)
		response, err := http.DefaultClient.Do(r)
		must(t, err)
		defer response.Body.Close()
		text, err := io.ReadAll(response.Body)
		must(t, err)
		return response.StatusCode, string(text)
	}
	status, _ := ask("POST", "faults", `{"preset": "no-worker", "times": 3}`)
	same(t, []any{status, p.Faults()[0].Times}, []any{204, 3})
	status, text := ask("POST", "faults", `{"preset": "no-worker", "count": 3}`)
	same(t, []any{status, text}, []any{400, "json: unknown field \"count\"\n"})
	ask("DELETE", "faults", "")
	same(t, p.Faults(), []Fault{})
	ask("PUT", "clock", `{"speed": 20}`)
	same(t, p.clock.Speed(), 20.0)
	status, text = ask("PUT", "clock", `{"speed": 0}`)
	same(t, []any{status, text}, []any{400, "the clock's speed must be greater than 0, not 0\n"})
	_, text = ask("GET", "state", "")
	if !strings.Contains(text, `"pve1"`) || strings.Contains(text, "1-2-3") {
		t.Errorf("the state must show the nodes and no secret: %s", text)
	}
	_, text = ask("GET", "presets", "")
	var presets []Preset
	must(t, json.Unmarshal([]byte(text), &presets))
	same(t, len(presets), len(Presets))
}

func TestTheStateOutlivesTheProcessAndRunningGuestsAreStartedAgain(t *testing.T) {
	file := filepath.Join(t.TempDir(), "pve.json")
	p := newPVE(t, Options{File: file})
	p.made()
	p.ok("POST", "nodes/pve1/qemu/101/status/start")
	must(t, p.WriteDisk(101, "scsi0", map[string]string{"config": "x"}))
	want := p.State()

	guest := newDiary(true)
	again := newPVE(t, Options{File: file, Guest: guest})
	same(t, again.State(), want)
	same(t, guest.after(1), []string{"on"})
	data, err := again.DiskData(101, "scsi0")
	same(t, []any{data, err}, []any{map[string]string{"config": "x"}, nil})
	same(t, again.ask("GET", "version").Status, 200)
}

func TestEventsAreWrittenOneJSONObjectALine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "events.jsonl")
	p := newPVE(t, Options{Events: file})
	p.made()
	log, err := os.Open(file)
	must(t, err)
	defer log.Close()
	kinds := []string{}
	for lines := bufio.NewScanner(log); lines.Scan(); {
		var e Event
		must(t, json.Unmarshal(lines.Bytes(), &e))
		kinds = append(kinds, e.Kind+" "+e.What)
	}
	for _, want := range []string{"task qmcreate began", "volume made local-lvm:vm-101-disk-0, generation 1", "task qmcreate OK", "request POST nodes/pve1/qemu"} {
		if !slices.Contains(kinds, want) {
			t.Errorf("there is no %q in %q", want, kinds)
		}
	}
	same(t, len(p.Events(0)), len(kinds))
	same(t, len(p.Events(len(kinds))), 0)
}
