package talos

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// Control serves the machines' part of the laboratory's side door, beside the hypervisor's (proxmox.Cluster.Control).
//
//	GET    /_lab/talos/machines          what each machine is, as of now
//	GET    /_lab/talos/events?after=N    the events after number N
//	GET    /_lab/talos/presets           the table of faults
//	GET    /_lab/talos/faults            those that are set
//	POST   /_lab/talos/faults            {"preset": "apply-hangs", "times": 2, "machine": "cp1"}
//	DELETE /_lab/talos/faults            none any more
func (f *Fleet) Control() http.Handler {
	mux := http.NewServeMux()
	get := func(path string, what func(*http.Request) any) {
		mux.HandleFunc("GET /_lab/talos/"+path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(what(r)) // the client has gone: nobody to tell
		})
	}
	get("machines", func(*http.Request) any { return f.Machines() })
	get("presets", func(*http.Request) any { return Presets })
	get("faults", func(*http.Request) any { return f.Faults() })
	get("events", func(r *http.Request) any {
		after, _ := strconv.Atoi(r.URL.Query().Get("after")) // anything else means from the beginning
		return f.Events(after)
	})
	mux.HandleFunc("POST /_lab/talos/faults", func(w http.ResponseWriter, r *http.Request) {
		var a Ask
		decoder := json.NewDecoder(r.Body)
		decoder.DisallowUnknownFields()
		err := decoder.Decode(&a)
		if err == nil {
			err = f.Fail(a)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("DELETE /_lab/talos/faults", func(w http.ResponseWriter, _ *http.Request) {
		f.Clear()
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

// Machine is a machine as of a moment.
type Machine struct {
	VMID int    `json:"vmid"`
	Name string `json:"name"`
	// Stage is off, booting (or dark: it will never answer), maintenance, running, rebooting, …
	Stage     string `json:"stage"`
	Address   string `json:"address,omitempty"`
	Hostname  string `json:"hostname,omitempty"`
	Version   string `json:"version,omitempty"`
	Schematic string `json:"schematic,omitempty"`
	// Answers says whether its API does.
	Answers  bool      `json:"answers"`
	Services []Service `json:"services,omitempty"`
}

// Machines lists all machines by their ids.
func (f *Fleet) Machines() []Machine {
	list := []Machine{}
	for _, m := range f.all() {
		list = append(list, m.snapshot())
	}
	return list
}

func (m *guest) snapshot() Machine {
	seen := Machine{VMID: m.vmid, Name: m.label(), Stage: "off"}
	s := m.current()
	if s == nil {
		return seen
	}
	seen.Stage = "booting"
	l := s.living()
	if l == nil {
		return seen
	}
	l.mutex.Lock()
	seen.Stage, seen.Answers = l.stageName(), l.front != nil
	l.mutex.Unlock()
	seen.Address, seen.Hostname, seen.Version, seen.Schematic = l.node.Address().String(), l.hostname(), l.version, l.schematic
	seen.Services = l.services()
	return seen
}
