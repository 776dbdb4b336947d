// Package podlog writes and reads containers' logs in the line format of
// container runtimes: "TIME STREAM F TEXT", so that kubectl logs can ask for
// timestamps, a time window, the last lines, or to follow.
package podlog

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Log is the log file of one life of a container.
type Log struct {
	mutex sync.Mutex
	file  *os.File
}

// Create makes the file and its folders.
func Create(path string) (*Log, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &Log{file: file}, nil
}

// Stream is a writer for "stdout" or "stderr". Each line goes to the file with
// the time at which it was complete.
func (l *Log) Stream(name string) io.Writer {
	return &stream{log: l, name: name}
}

// Printf writes one line of the lab's own.
func (l *Log) Printf(format string, arguments ...any) {
	l.line("stdout", fmt.Appendf(nil, format, arguments...))
}

// Close closes the file.
func (l *Log) Close() error { return l.file.Close() }

func (l *Log) line(stream string, text []byte) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	_, err := fmt.Fprintf(l.file, "%s %s F %s\n", time.Now().UTC().Format(time.RFC3339Nano), stream, text)
	return err
}

type stream struct {
	log  *Log
	name string
	rest []byte
}

// longest is where a line without end is cut, as container runtimes do.
const longest = 64 << 10

func (s *stream) Write(p []byte) (int, error) {
	s.rest = append(s.rest, p...)
	for {
		line, rest, found := bytes.Cut(s.rest, []byte("\n"))
		if !found && len(s.rest) < longest {
			return len(p), nil
		}
		if err := s.log.line(s.name, line); err != nil {
			return 0, err
		}
		s.rest = bytes.Clone(rest)
		if !found {
			s.rest = nil
		}
	}
}
