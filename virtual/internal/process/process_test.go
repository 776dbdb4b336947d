package process

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func shell(t *testing.T, script string) Spec {
	t.Helper()
	return Spec{Name: "the part", Path: "/bin/sh", Args: []string{"-c", script}, Log: filepath.Join(t.TempDir(), "log")}
}

func never(context.Context) error { return errors.New("no answer yet") }

func exists(path string) func(context.Context) error {
	return func(context.Context) error {
		_, err := os.Stat(path)
		return err
	}
}

func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if condition() {
			return
		}
	}
	t.Fatalf("not within 10 s: %s", what)
}

func TestAProcessThatDiesBeforeItIsReadySaysSoWithTheEndOfItsLog(t *testing.T) {
	spec := shell(t, "echo bad flag: --colour; exit 3")
	spec.Ready = never
	_, err := Start(t.Context(), spec)
	want := "the part ended before it was ready (exit status 3); its last lines in " + spec.Log + ":\n  bad flag: --colour"
	if err == nil || err.Error() != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}

func TestOnlyLinesOfThisStartAreShown(t *testing.T) {
	spec := shell(t, "echo new; exit 1")
	spec.Ready = never
	if err := os.WriteFile(spec.Log, []byte("old\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), spec)
	if err == nil || strings.Contains(err.Error(), "old") || !strings.HasSuffix(err.Error(), ":\n  new") {
		t.Fatalf("got %v", err)
	}
}

func TestAProcessThatIsNotReadyInTimeIsEndedAndSaysWhatItWaitedFor(t *testing.T) {
	spec := shell(t, "echo $$ >&2; exec sleep 600")
	spec.Ready, spec.Deadline = never, 300*time.Millisecond
	_, err := Start(t.Context(), spec)
	if err == nil || !strings.Contains(err.Error(), "the part was not ready within 300ms: no answer yet") {
		t.Fatalf("got %v", err)
	}
	pid, _ := os.ReadFile(spec.Log)
	if _, err := os.Stat("/proc/" + strings.TrimSpace(string(pid))); !os.IsNotExist(err) {
		t.Fatalf("process %s still lives", pid)
	}
}

func TestAProcessThatExitsIsStartedAgain(t *testing.T) {
	spec := shell(t, "echo up; test $(grep -c ^up $0) -gt 2 && exec sleep 600; exit 1")
	spec.Args = append(spec.Args, spec.Log)
	spec.Restart = true
	p, err := Start(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	eventually(t, "three starts in the log", func() bool {
		log, _ := os.ReadFile(spec.Log)
		return strings.Count(string(log), "up\n") == 3
	})
	p.Stop()
}

func TestStopEndsTheProcessAndItsChildren(t *testing.T) {
	pidFile := filepath.Join(t.TempDir(), "pid")
	spec := shell(t, "sleep 600 & echo $! > "+pidFile+".new && mv "+pidFile+".new "+pidFile+"; wait")
	spec.Ready = exists(pidFile)
	p, err := Start(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	p.Stop()
	pid, _ := os.ReadFile(pidFile)
	eventually(t, "the child is gone", func() bool {
		stat, err := os.ReadFile("/proc/" + strings.TrimSpace(string(pid)) + "/stat")
		return err != nil || strings.Contains(string(stat), ") Z ")
	})
}

func TestNiceIsAddedToOurOwnPriority(t *testing.T) {
	spec := shell(t, "nice")
	spec.Nice = 7
	p, err := Start(t.Context(), spec)
	if err != nil {
		t.Fatal(err)
	}
	<-p.Done()
	ours, err := exec.Command("nice").Output()
	if err != nil {
		t.Fatal(err)
	}
	base, err := strconv.Atoi(strings.TrimSpace(string(ours)))
	if err != nil {
		t.Fatal(err)
	}
	log, _ := os.ReadFile(spec.Log)
	if want := strconv.Itoa(min(base+7, 19)) + "\n"; !strings.HasPrefix(string(log), want) {
		t.Fatalf("got %q, want %q", log, want)
	}
}
