package proxmox

import (
	"encoding/json"
	"os"
	"sync"
	"time"
)

// Event is one line of the event log.
type Event struct {
	Number int       `json:"number"`
	Time   time.Time `json:"time"`
	// Kind is request, task, power, volume, fault or error.
	Kind string `json:"kind"`
	// What is the request's method and path, the task's type and outcome, the power event.
	What   string            `json:"what"`
	VMID   int               `json:"vmid,omitempty"`
	Node   string            `json:"node,omitempty"`
	Status int               `json:"status,omitempty"`
	Reason string            `json:"reason,omitempty"`
	Params map[string]string `json:"params,omitempty"`
}

// events keeps all events in memory, and appends them to a file. Tests assert on them: what was asked, in which order,
// which machine was off when.
type events struct {
	mutex sync.Mutex
	all   []Event
	file  *os.File
}

func openEvents(path string) (*events, error) {
	if path == "" {
		return &events{}, nil
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &events{file: file}, nil
}

func (e *events) add(event Event) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	event.Number = len(e.all) + 1
	e.all = append(e.all, event)
	if e.file != nil {
		if line, err := json.Marshal(event); err == nil {
			// A full disk must not stop the simulation; the events in memory stay complete.
			_, _ = e.file.Write(append(line, '\n'))
		}
	}
}

func (e *events) since(number int) []Event {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	if number >= len(e.all) {
		return []Event{}
	}
	return append([]Event{}, e.all[max(0, number):]...)
}

// Events returns the events after the one with the number given; 0 returns all.
func (c *Cluster) Events(after int) []Event { return c.events.since(after) }
