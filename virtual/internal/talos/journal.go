package talos

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
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

// journal keeps all events in memory, appends them to a file and tells people. Tests assert on them: that nobody
// bootstrapped twice, that no two machines were down at once.
type journal struct {
	mutex sync.Mutex
	all   []Event
	file  *os.File
	log   io.Writer
}

func openJournal(path string, log io.Writer) (*journal, error) {
	j := &journal{log: log}
	if path == "" {
		return j, nil
	}
	var err error
	j.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return j, err
}

func (j *journal) add(e Event) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	e.Number, e.Time = len(j.all)+1, time.Now()
	j.all = append(j.all, e)
	fmt.Fprintln(j.log, e)
	if j.file == nil {
		return
	}
	if line, err := json.Marshal(e); err == nil {
		// A full disk must not stop the machines; the events in memory stay complete.
		_, _ = j.file.Write(append(line, '\n'))
	}
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
func (f *Fleet) Events(after int) []Event {
	f.journal.mutex.Lock()
	defer f.journal.mutex.Unlock()
	if after >= len(f.journal.all) {
		return []Event{}
	}
	return append([]Event{}, f.journal.all[max(0, after):]...)
}
