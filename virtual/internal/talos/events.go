package talos

import (
	"fmt"
	"io"
	"time"

	"starbase.example/virtual/internal/journal"
)

// Event is one line of the event log.
type Event struct {
	Number int       `json:"number"`
	Time   time.Time `json:"time"`
	// Kind is power, boot, stage, dark, disk, apply, bootstrap, etcd, kubeconfig, upgrade, reboot, shutdown, reset, trust,
	// agent, fault or error.
	Kind string `json:"kind"`
	// What happened, in a few words that don't vary with the machine.
	What    string `json:"what"`
	VMID    int    `json:"vmid,omitempty"`
	Machine string `json:"machine,omitempty"`
	// Reason is why, or what exactly: an error's text, a mode, an image.
	Reason string `json:"reason,omitempty"`
}

// openJournal opens the journal of a fleet, which also tells people.
func openJournal(path string, log io.Writer) (*journal.Log[Event], error) {
	return journal.Open(path, func(e *Event, number int) {
		e.Number, e.Time = number, time.Now()
		fmt.Fprintln(log, *e)
	})
}

// String is the event as people read it.
func (e Event) String() string {
	text := fmt.Sprintf("machine %s: %s: %s", e.Machine, e.Kind, e.What)
	if e.Reason != "" {
		text += ": " + e.Reason
	}
	return text
}

// Events returns the events after the one with the number given; 0 returns all.
func (f *Fleet) Events(after int) []Event { return f.journal.Since(after) }
