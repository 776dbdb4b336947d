package proxmox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// Control serves the laboratory's side door, which no Proxmox has. It belongs on another port than the API.
//
//	GET    /_lab/state            everything the cluster knows, without secrets
//	GET    /_lab/events?after=N   the events after number N
//	GET    /_lab/unknown          how often which endpoint was asked for that is not simulated
//	GET    /_lab/presets          the table of faults
//	GET    /_lab/faults           those that are set
//	POST   /_lab/faults           {"preset": "cannot-lock", "times": 2, "vmid": 101}
//	DELETE /_lab/faults           none any more
//	GET    /_lab/clock            {"now": …, "speed": 20}
//	PUT    /_lab/clock            {"speed": 20}
func (c *Cluster) Control() http.Handler {
	mux := http.NewServeMux()
	get := func(path string, what func(*http.Request) any) {
		mux.HandleFunc("GET /_lab/"+path, func(w http.ResponseWriter, r *http.Request) { show(w, what(r)) })
	}
	get("state", func(*http.Request) any { return c.State() })
	get("unknown", func(*http.Request) any { return c.State().Unknown })
	get("presets", func(*http.Request) any { return Presets })
	get("faults", func(*http.Request) any { return c.Faults() })
	get("clock", func(*http.Request) any { return map[string]any{"now": c.clock.Now(), "speed": c.clock.Speed()} })
	get("events", func(r *http.Request) any {
		return c.Events(number(r.URL.Query().Get("after")))
	})
	mux.HandleFunc("POST /_lab/faults", func(w http.ResponseWriter, r *http.Request) {
		var a Ask
		if read(w, r, &a) {
			done(w, c.Fail(a))
		}
	})
	mux.HandleFunc("DELETE /_lab/faults", func(w http.ResponseWriter, _ *http.Request) {
		c.Clear()
		done(w, nil)
	})
	mux.HandleFunc("PUT /_lab/clock", func(w http.ResponseWriter, r *http.Request) {
		var wanted struct {
			Speed float64 `json:"speed"`
		}
		if read(w, r, &wanted) {
			done(w, c.SetSpeed(wanted.Speed))
		}
	})
	return mux
}

// SetSpeed makes tasks run faster or slower from now on.
func (c *Cluster) SetSpeed(speed float64) error {
	if speed <= 0 {
		return fmt.Errorf("the clock's speed must be greater than 0, not %s", strconv.FormatFloat(speed, 'g', -1, 64))
	}
	c.clock.SetSpeed(speed)
	return nil
}

func show(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(what); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}

func done(w http.ResponseWriter, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
