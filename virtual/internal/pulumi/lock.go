package pulumi

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"starbase.example/virtual/internal/locks"
)

// lock is the right to change this lab's state. The kernel takes it back when its holder dies; what the holder wrote
// into it stays unless the run ended well, and so tells the next one that there may be something to repair.
type lock struct{ file *os.File }

type holder struct {
	What    string    `json:"what"`
	Process string    `json:"process"`
	Since   time.Time `json:"since"`
}

// CallerVariable carries the process number of the outer command, as the person sees it with ps.
const CallerVariable = "STARBASE_CALLER"

// lock waits for the engine to be free, and says for whom it waits.
func (e Engine) lock(what string) (*lock, error) {
	file, err := os.OpenFile(e.In("engine.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	l := &lock{file: file}
	err = locks.Take(file, func() { fmt.Fprintf(os.Stderr, "%s waits: %s\n", what, l.describe()) })
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("the engine's lock: %w", err)
	}
	return l, nil
}

func (l *lock) describe() string {
	var h holder
	content := make([]byte, 4096)
	n, _ := l.file.ReadAt(content, 0) // a short read is the normal case
	if json.Unmarshal(content[:n], &h) != nil {
		return "another engine is at work on this lab"
	}
	return fmt.Sprintf("%q (process %s) is at work on this lab since %s", h.What, h.Process, h.Since.Format(time.TimeOnly))
}

// unclean says that the last run was killed or failed.
func (l *lock) unclean() bool {
	info, err := l.file.Stat()
	return err != nil || info.Size() > 0
}

func (l *lock) mark(what string) error {
	content, err := json.Marshal(holder{What: what, Process: os.Getenv(CallerVariable), Since: time.Now()})
	if err != nil {
		return err
	}
	if err := l.clear(); err != nil {
		return err
	}
	_, err = l.file.WriteAt(content, 0)
	return err
}

func (l *lock) clear() error { return l.file.Truncate(0) }

func (l *lock) release() { l.file.Close() }

// alone keeps two calls from doing the same preparation at once.
func (e Engine) alone(name string) (release func(), err error) {
	file, err := os.OpenFile(e.In(name), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := locks.Take(file, func() {}); err != nil {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}
