package space

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary play its own parts, as the real program does by its hidden verbs.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 {
		os.Exit(m.Run())
	}
	switch os.Args[1] {
	case InitVerb:
		exit(Init(os.Args[2], os.Args[3:]))
	case InsideVerb:
		exit(RunInside(os.Args[2], os.Args[3:]))
	case "enter":
		exit(Space{Folder: os.Args[2]}.Enter(os.Args[3], os.Environ(), os.Args[4:]))
	case "-t": // an nsenter that has not joined the lab yet
		_, err := io.Copy(io.Discard, os.Stdin)
		exit(0, err)
	case "daemon":
		asked := make(chan os.Signal, 1)
		signal.Notify(asked, syscall.SIGTERM)
		if err := os.WriteFile(filepath.Join(os.Args[2], "hello"), nil, 0o600); err != nil {
			exit(0, err)
		}
		<-asked
		exit(0, os.WriteFile(filepath.Join(os.Args[2], "goodbye"), nil, 0o600))
	}
	os.Exit(m.Run())
}

func exit(code int, err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 99
	}
	os.Exit(code)
}

func started(t *testing.T) Space {
	t.Helper()
	s := Space{Folder: t.TempDir()}
	if err := s.Start([]string{"daemon", s.Folder}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(10 * time.Second); err != nil {
			t.Error(err)
		}
	})
	eventually(t, "the daemon says hello", func() bool {
		_, err := os.Stat(filepath.Join(s.Folder, "hello"))
		return err == nil
	})
	return s
}

// enter runs a command inside by a process of its own, as the real program does.
func enter(s Space, dir string, command ...string) *exec.Cmd {
	return exec.Command("/proc/self/exe", append([]string{"enter", s.Folder, dir}, command...)...)
}

func output(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
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

// alive says whether a process has this marker among its arguments, as seen by the machine.
func alive(marker string) bool {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, f := range files {
		if content, err := os.ReadFile(f); err == nil && bytes.Contains(content, []byte(marker)) {
			return true
		}
	}
	return false
}

func TestTheLabHasItsOwnProcessesUserHostNameAndNetwork(t *testing.T) {
	s := started(t)
	got := output(t, enter(s, "/", "sh", "-c", "cat /proc/1/comm; id -u; uname -n; cat /etc/hosts; ls /run; grep -c : /proc/net/dev"))
	comm, err := os.ReadFile("/proc/self/comm")
	if err != nil {
		t.Fatal(err)
	}
	if want := string(comm) + "0\nstarbase\n" + hosts + "1\n"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestEnteringKeepsTheWorkingDirectoryAndTheInput(t *testing.T) {
	s, dir := started(t), t.TempDir()
	cmd := enter(s, dir, "sh", "-c", "pwd; cat")
	cmd.Stdin = strings.NewReader("typed")
	if got, want := output(t, cmd), dir+"\ntyped"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestEnteringHandsTheExitCodeOn(t *testing.T) {
	s := started(t)
	for command, want := range map[string]int{"exit 42": 42, "kill -KILL $$": 137, "no-such-command": 127} {
		cmd := enter(s, "/", "sh", "-c", command)
		if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != want {
			t.Errorf("%s: %v, want exit code %d", command, err, want)
		}
	}
}

func TestAnInterruptReachesTheCommandOnceAndItEndsInItsOwnTime(t *testing.T) {
	s := started(t)
	cmd := enter(s, "/", "sh", "-c", `trap 'echo heard' INT; echo ready; for i in 1 2 3; do sleep 0.1; done; trap "" INT; echo done`)
	reader, writer := ready(t, cmd)
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	writer.Close()
	if got, want := rest(reader), "heard\ndone\n"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestKillingTheOuterCommandEndsTheInnerOne(t *testing.T) {
	s, marker := started(t), "600."+strconv.Itoa(os.Getpid())
	cmd := enter(s, "/", "sh", "-c", "echo ready; exec sleep "+marker)
	ready(t, cmd)
	eventually(t, "the command runs", func() bool { return alive("sleep\x00" + marker) })
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	eventually(t, "the command is gone", func() bool { return !alive("sleep\x00" + marker) })
}

func TestTheDeathOfInitIsTheDeathOfAll(t *testing.T) {
	s, marker := started(t), "601."+strconv.Itoa(os.Getpid())
	output(t, enter(s, "/", "sh", "-c", "setsid sleep "+marker+" >/dev/null 2>&1 &"))
	eventually(t, "the background process runs", func() bool { return alive("sleep\x00" + marker) })
	run, _ := s.Running()
	if err := syscall.Kill(run.PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "everything is gone", func() bool { return !alive("sleep\x00"+marker) && !alive("daemon\x00"+s.Folder) })
	if _, ok := s.Running(); ok {
		t.Fatal("a dead lab is said to be running")
	}
}

func TestStopLetsTheDaemonEndInItsOwnWay(t *testing.T) {
	s := started(t)
	if err := s.Stop(10 * time.Second); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(s.Folder, "goodbye")); err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(10 * time.Second); err != nil {
		t.Fatalf("a second stop: %v", err)
	}
}

func TestAReusedProcessNumberIsNotTheLab(t *testing.T) {
	s := Space{Folder: t.TempDir()}
	if err := (Run{PID: os.Getpid(), Started: 1}).write(s.runFile()); err != nil {
		t.Fatal(err)
	}
	if _, ok := s.Running(); ok {
		t.Fatal("another process with the recorded number passed for the lab")
	}
	if _, err := s.Enter("/", nil, []string{"true"}); err != ErrNotRunning {
		t.Fatalf("got %v", err)
	}
}

func TestACommandThatSleepsAfterControlZDoesNotKeepTheLab(t *testing.T) {
	s := started(t)
	cmd := enter(s, "/", "sleep", "314159")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = cmd.Wait() }() // its end is the lab's
	var nsenter int
	eventually(t, "nsenter has a child", func() bool {
		for _, nsenter = range children(cmd.Process.Pid) {
			return len(children(nsenter)) > 0
		}
		return false
	})
	run, _ := s.Running()
	if err := syscall.Kill(nsenter, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(0); err != nil {
		t.Error(err)
	}
	if run.alive() {
		t.Error("init still lives")
	}
}

func TestStopWakesAnEntrantThatSleepsBeforeItHasJoined(t *testing.T) {
	s := started(t)
	run, _ := s.Running()
	entrant := exec.Command("/proc/self/exe")
	entrant.Args = []string{"nsenter", "-t", strconv.Itoa(run.PID)}
	stdin, err := entrant.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := entrant.Start(); err != nil {
		t.Fatal(err)
	}
	if err := entrant.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	asleep := fmt.Sprintf("/proc/%d/stat", entrant.Process.Pid)
	eventually(t, "the entrant sleeps", func() bool { _, state, _ := stat(asleep); return state == "T" })
	stdin.Close()
	if err := s.Stop(0); err != nil {
		t.Error(err)
	}
	eventually(t, "the entrant has ended", func() bool { _, state, _ := stat(asleep); return state == "Z" })
	if err := entrant.Wait(); err != nil {
		t.Error(err)
	}
}
