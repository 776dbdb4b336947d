package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"starbase.example/virtual/internal/settings"
)

const asProgram = "STARBASE_TEST_AS_PROGRAM"

// TestMain lets the test binary be the program itself.
func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(Main(os.Args))
	}
	os.Exit(m.Run())
}

// clone is a clone with a stack file, and an empty cache.
type clone struct{ root, cache string }

func aClone(t *testing.T) clone {
	t.Helper()
	c := clone{root: t.TempDir(), cache: t.TempDir()}
	for _, name := range []string{"Pulumi.yaml", "Pulumi.lab.yaml"} {
		if err := os.WriteFile(filepath.Join(c.root, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// lab runs the program in the clone and returns its exit code and all that it printed.
func (c clone) lab(t *testing.T, arguments ...string) (int, string) {
	t.Helper()
	cmd := exec.Command("/proc/self/exe", arguments...)
	cmd.Env = append(os.Environ(), asProgram+"=1", stackVariable+"=", "STARBASE_ROOT="+c.root, "STARBASE_CACHE="+c.cache,
		"STARBASE_BIN="+c.root, "STARBASE_MODULES="+c.root)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// folder is where the clone's lab keeps its things.
func (c clone) folder(t *testing.T) string {
	t.Helper()
	for name, value := range map[string]string{"ROOT": c.root, "CACHE": c.cache, "BIN": c.root, "MODULES": c.root} {
		t.Setenv("STARBASE_"+name, value)
	}
	s, err := settings.FromEnvironment("lab")
	if err != nil {
		t.Fatal(err)
	}
	return s.Folder
}

func (c clone) expect(t *testing.T, code int, text string, arguments ...string) {
	t.Helper()
	if gotCode, got := c.lab(t, arguments...); gotCode != code || got != text {
		t.Errorf("lab %q: exit code %d, %q; want %d, %q", arguments, gotCode, got, code, text)
	}
}

func TestVerbsThatNeedALabSayThatNoneRuns(t *testing.T) {
	c := aClone(t)
	for _, words := range [][]string{{"shell"}, {"exec", "--", "true"}, {"kubectl", "get", "pods", "-A"},
		{"pulumi", "up", "--yes"}, {"destroy"}, {"status"}, {"talosctl", "version"}, {"sim", "machines"}, {"sim", "fail", "cannot-lock"},
		{"curl", "-s", "https://home.starbasestudio.uk/"}, {"power"}, {"power", "off", "w1"}, {"doctor", "home.example.org"}} {
		c.expect(t, 1, "The lab is not running. Start it with ./lab up\n", words...)
	}
	if left, err := os.ReadDir(c.cache); err != nil || len(left) != 0 {
		t.Errorf("they left %v in the cache, %v", left, err)
	}
}

func TestOutputsBeforeTheFirstUpSayWhatToDo(t *testing.T) {
	aClone(t).expect(t, 1, "nothing was brought up yet, so there are no outputs. Start with ./lab up\n", "output", "zone")
}

func TestGlobalOptionsStandBeforeTheVerb(t *testing.T) {
	c := aClone(t)
	unknown := `there is no stack "idp": ` + c.root + " has no Pulumi.idp.yaml. Stack files there: Pulumi.lab.yaml\n"
	c.expect(t, 1, unknown, "--stack", "idp", "up")
	c.expect(t, 1, unknown, "--stack=idp", "preview", "--diff")
	c.expect(t, 1, "unknown flag: --stack\n", "up", "--stack", "idp")
}

func TestAWordTooManyIsRefused(t *testing.T) {
	aClone(t).expect(t, 1, `unknown command "now" for "lab down"`+"\n", "down", "now")
}

func TestAnUnknownSubcommandListsTheKnownOnes(t *testing.T) {
	c := aClone(t)
	c.expect(t, 1, "\"bogus\" is not a subcommand of ./lab power; allowed: ./lab power off | on\n", "power", "bogus")
	c.expect(t, 1, "\"bogus\" is not a subcommand of ./lab sim; allowed: ./lab sim clear | events | fail | machines | presets | state | unknown\n", "sim", "bogus")
	c.expect(t, 1, "a subcommand is missing; allowed: ./lab sim clear | events | fail | machines | presets | state | unknown\n", "sim")
}

func TestAnInterruptedCommandSaysHowToGoOn(t *testing.T) {
	if code := ended(fmt.Errorf("the lab: %w", context.Canceled)); code != 130 {
		t.Errorf("exit code %d", code)
	}
}

func TestExecWithoutACommandSaysHowItIsMeant(t *testing.T) {
	aClone(t).expect(t, 1, "exec needs a command: ./lab exec -- COMMAND ARG…\n", "exec", "--")
}

func TestDownWithoutALabIsFineAndLeavesNothing(t *testing.T) {
	c := aClone(t)
	c.expect(t, 0, "There is no lab to end.\n", "down")
	if left, err := os.ReadDir(filepath.Join(c.cache, "labs")); err != nil || len(left) != 0 {
		t.Errorf("it left %v, %v", left, err)
	}
}

func TestManyCommandsAtOnceWaitForEachOthersLockAlsoWhenOneRemovesIt(t *testing.T) {
	c := aClone(t)
	l := lab{Settings: settings.Settings{Folder: filepath.Join(c.cache, "labs", "x")}}
	var inside, ended atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			err := l.alone(func() error {
				if inside.Add(1) != 1 {
					t.Error("two hold the lock")
				}
				ended.Add(1)
				// Whoever removes the file gives the lock away.
				inside.Add(-1)
				return os.Remove(l.lockFile())
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if ended.Load() != 20 {
		t.Errorf("%d of 20 had the lock", ended.Load())
	}
}

func TestDownRemovesWhatACrashLeft(t *testing.T) {
	c := aClone(t)
	folder := c.folder(t)
	sealed := filepath.Join(folder, "outside", "sealed")
	if err := errors.Join(os.MkdirAll(sealed, 0o700), os.WriteFile(filepath.Join(sealed, "file"), nil, 0o400), os.Chmod(sealed, 0o500)); err != nil {
		t.Fatal(err)
	}
	c.expect(t, 0, "No lab ran; removed what an earlier one left in "+folder+"\n", "down")
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is still there: %v", folder, err)
	}
	c.expect(t, 0, "There is no lab to end.\n", "down")
}

func TestWithoutTheScriptTheProgramSaysHowToBeStarted(t *testing.T) {
	cmd := exec.Command("/proc/self/exe", "down")
	cmd.Env = []string{asProgram + "=1", "STARBASE_CACHE=/c", "STARBASE_BIN=/b", "STARBASE_MODULES=/m", "STARBASE_ROOT=relative"}
	out, err := cmd.CombinedOutput()
	want := "STARBASE_ROOT is \"relative\", but must be an absolute path. Start this program by the script ./lab, which sets it\n"
	if err == nil || !bytes.Equal(out, []byte(want)) {
		t.Fatalf("%v: got %q, want %q", err, out, want)
	}
}
