package podlog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"time"
)

// Options are the wishes of kubectl logs.
type Options struct {
	// Tail is the number of last lines; negative means all.
	Tail int
	// LimitBytes ends the output; 0 means no limit.
	LimitBytes int
	// Since drops older lines; the zero time drops none.
	Since      time.Time
	Timestamps bool
	// Follow keeps reading until the context or the container ends.
	Follow bool
}

// poll is how often a followed file is looked at again.
const poll = 100 * time.Millisecond

// Read opens a log. With Follow it ends when ended is closed and all is read.
func Read(ctx context.Context, path string, options Options, ended <-chan struct{}) (io.ReadCloser, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := seek(file, options); err != nil {
		file.Close()
		return nil, err
	}
	reader, writer := io.Pipe()
	go func() {
		defer file.Close()
		writer.CloseWithError(pour(ctx, file, writer, options, ended))
	}()
	return reader, nil
}

// seek moves to the start of the last lines that the options ask for.
func seek(file *os.File, options Options) error {
	if options.Tail < 0 {
		return nil
	}
	content, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	start := len(content)
	for line := 0; line < options.Tail && start > 0; line++ {
		start = bytes.LastIndexByte(content[:start-1], '\n') + 1
	}
	_, err = file.Seek(int64(start), io.SeekStart)
	return err
}

// pour writes complete lines until the file, and when followed the container, ends.
func pour(ctx context.Context, file io.Reader, out io.Writer, options Options, ended <-chan struct{}) error {
	lines := bufio.NewReader(file)
	var partial []byte
	last := false
	for written := 0; ; {
		piece, err := lines.ReadBytes('\n')
		partial = append(partial, piece...)
		if err == nil {
			text := strip(partial, options)
			if options.LimitBytes > 0 && written+len(text) > options.LimitBytes {
				_, err := out.Write(text[:options.LimitBytes-written])
				return err
			}
			n, err := out.Write(text)
			if err != nil {
				return err
			}
			written += n
			partial = nil
			continue
		}
		if !errors.Is(err, io.EOF) {
			return err
		}
		if !options.Follow || last {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ended:
			last = true
		case <-time.After(poll):
		}
	}
}

// strip takes the time and stream off a line, or drops the line.
func strip(line []byte, options Options) []byte {
	stamp, rest, _ := bytes.Cut(line, []byte(" "))
	_, rest, _ = bytes.Cut(rest, []byte(" "))
	_, text, _ := bytes.Cut(rest, []byte(" "))
	written, err := time.Parse(time.RFC3339Nano, string(stamp))
	if err == nil && written.Before(options.Since) {
		return nil
	}
	if options.Timestamps {
		return append(append(bytes.Clone(stamp), ' '), text...)
	}
	return text
}
