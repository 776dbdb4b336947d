package pulumi

import (
	"io"
	"os"
	"os/exec"
	"testing"
)

func TestTheLanguageHostsLineAboutADebuggerIsLeftOutAndEveryOtherStays(t *testing.T) {
	e := someEngine(t)
	if err := e.folders(); err != nil {
		t.Fatal(err)
	}
	real := "#!/bin/sh\necho \"$@\"\necho 'E1128 main.go:456] unable to start debugging: Canceled' >&2\necho 'a real error' >&2\nexit 3\n"
	if err := os.WriteFile(e.In("engine", "real-pulumi-language-java"), []byte(real), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := e.languageHost(); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(e.In("engine", "pulumi-language-java"), "127.0.0.1:1234")
	messages, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for want, from := range map[string]io.Reader{"127.0.0.1:1234\n": out, "a real error\n": messages} {
		if got, err := io.ReadAll(from); err != nil || string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if _ = cmd.Wait(); cmd.ProcessState.ExitCode() != 3 {
		t.Errorf("exit code %d, want 3", cmd.ProcessState.ExitCode())
	}
}
