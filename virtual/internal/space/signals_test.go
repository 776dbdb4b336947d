package space

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"testing"
)

// ready starts a command and waits for its line "ready"; the writer is to be closed before the rest is read.
func ready(t *testing.T, cmd *exec.Cmd) (*bufio.Reader, *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdout, cmd.Stderr = w, os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		r.Close()
		w.Close()
	})
	reader := bufio.NewReader(r)
	if line, err := reader.ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("%q, %v", line, err)
	}
	return reader, w
}

func rest(r io.Reader) string {
	content, _ := io.ReadAll(r)
	return string(content)
}
