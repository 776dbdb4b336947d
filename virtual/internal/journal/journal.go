// Package journal keeps what happened in a simulator: all of it in memory, and a line of JSON each in a file. Tests assert
// on it: what was asked in which order, that nobody bootstrapped twice, that no two machines were down at once.
package journal

import (
	"encoding/json"
	"os"
	"sync"
)

// Log is a journal of events of type E. The zero value is none: Open makes one.
type Log[E any] struct {
	enter func(event *E, number int)
	mutex sync.Mutex
	all   []E
	file  *os.File
}

// Open opens a journal that appends to the file at path; "" means in memory only. enter is called with each event and its
// number, counted from 1, before it is kept, one event at a time. An error is that of the file.
func Open[E any](path string, enter func(event *E, number int)) (*Log[E], error) {
	l := &Log[E]{enter: enter}
	if path == "" {
		return l, nil
	}
	var err error
	l.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return l, err
}

// Add keeps an event.
func (l *Log[E]) Add(event E) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.enter(&event, len(l.all)+1)
	l.all = append(l.all, event)
	if l.file == nil {
		return
	}
	if line, err := json.Marshal(event); err == nil {
		// A full disk must not stop a simulation; the events in memory stay complete.
		_, _ = l.file.Write(append(line, '\n'))
	}
}

// Since returns the events after the one with the number given; 0 or less returns all. It is never nil: in JSON, no events
// are an empty list.
func (l *Log[E]) Since(number int) []E {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return append([]E{}, l.all[min(max(0, number), len(l.all)):]...)
}
