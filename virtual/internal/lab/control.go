package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"

	"starbase.example/virtual/internal/report"
)

// control answers on the lab's socket: /steps streams the steps of the start until it is over, /environment gives the
// variables by which processes trust the lab's outside world, /parts says what was real and what was simulated, /machines
// lists the machines, and a POST to /machines/NAME/on or /machines/NAME/off switches one. Below /_lab/ is the side door of
// what is simulated: its state, events and faults.
type control struct {
	offered
	progress  *progress
	simulated http.Handler
}

// offered is what a lab can be asked for.
type offered interface {
	environment() []string
	parts() []Part
	switches
}

func (c control) serve(ctx context.Context, folder string) error {
	listener, err := listen(folder)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /steps", c.steps)
	mux.HandleFunc("GET /environment", func(w http.ResponseWriter, _ *http.Request) { answer(w, c.environment()) })
	mux.HandleFunc("GET /parts", func(w http.ResponseWriter, _ *http.Request) { answer(w, c.parts()) })
	mux.HandleFunc("GET /machines", func(w http.ResponseWriter, _ *http.Request) { answer(w, c.Machines()) })
	mux.HandleFunc("POST /machines/{name}/on", power(c.PowerOn))
	mux.HandleFunc("POST /machines/{name}/off", power(c.PowerOff))
	mux.Handle("/_lab/", c.simulated)
	server := &http.Server{Handler: mux}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	go server.Serve(listener) // it ends with ErrServerClosed, by Close above
	return nil
}

func (c control) steps(w http.ResponseWriter, r *http.Request) {
	encoder, flush := json.NewEncoder(w), http.NewResponseController(w)
	c.progress.follow(r.Context(), func(s report.Step) error {
		if err := encoder.Encode(s); err != nil {
			return err
		}
		return flush.Flush()
	})
}

func power(change func(name string) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := change(r.PathValue("name")); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
		}
	}
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value) // the client has gone: nobody to tell
}

const socketName = "control.sock"

func listen(folder string) (listener net.Listener, err error) {
	if err := os.RemoveAll(filepath.Join(folder, socketName)); err != nil {
		return nil, err
	}
	err = at(folder, func(address string) error {
		listener, err = net.Listen("unix", address)
		return err
	})
	return listener, err
}

// at gives a socket's address by way of an open folder: an address has room for 107 bytes only, a cache may lie deeper.
func at(folder string, use func(address string) error) error {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer f.Close()
	return use(fmt.Sprintf("/proc/self/fd/%d/%s", f.Fd(), socketName))
}
