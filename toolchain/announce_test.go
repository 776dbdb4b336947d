package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestTheFirstLineOfAMachineWithoutPartsSaysWhatAndHowLong(t *testing.T) {
	said := announced(t, Builder{Cache: t.TempDir()})
	if !strings.HasPrefix(said, "Nothing is built yet: Pulumi") || !strings.Contains(said, "minutes") || !strings.Contains(said, "once") {
		t.Errorf("said: %q", said)
	}
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	b := Builder{Root: ".", Cache: t.TempDir()}
	for _, p := range parts {
		if p.Name == "cilium" || p.Name == "pebble" {
			continue
		}
		done, _, err := b.place(p)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(done, "built"), "")
	}
	if said := announced(t, b); !strings.HasPrefix(said, fmt.Sprintf("2 of %d parts are not built yet: cilium, pebble.", len(parts))) {
		t.Errorf("said: %q", said)
	}
}

func TestNothingIsSaidWhenNothingIsMissing(t *testing.T) {
	b := Builder{Root: ".", Cache: t.TempDir()}
	for _, p := range parts {
		done, _, err := b.place(p)
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(done, "built"), "")
	}
	if said := announced(t, b); said != "" {
		t.Errorf("said: %q", said)
	}
}

func TestAMachineThatWasTwiceAsSlowIsToldTwiceTheTime(t *testing.T) {
	quick, slow := Builder{Cache: t.TempDir()}, Builder{Cache: t.TempDir()}
	engine, err := partNamed("engine")
	if err != nil {
		t.Fatal(err)
	}
	quick.remember("engine", engine.Usual)
	slow.remember("engine", 2*engine.Usual)
	if one, two := quick.estimate([]string{"kubernetes"}), slow.estimate([]string{"kubernetes"}); two != 2*one {
		t.Errorf("%s and %s", one, two)
	}
}

func TestTimesAreSpokenInWholeUnits(t *testing.T) {
	for d, want := range map[time.Duration]string{12 * time.Second: "20 seconds", 110 * time.Second: "110 seconds", 1501 * time.Second: "26 minutes"} {
		if got := spoken(d); got != want {
			t.Errorf("%s: %q; want %q", d, got, want)
		}
	}
}

func TestTheLongestBuildIsRemembered(t *testing.T) {
	b := Builder{Cache: t.TempDir()}
	for _, took := range []time.Duration{time.Minute, 5 * time.Minute, 2 * time.Second} {
		b.remember("engine", took)
	}
	if got := b.remembered("engine"); got != 5*time.Minute {
		t.Errorf("remembered: %s", got)
	}
}

// announced is what announce says. That Go or pip are missing is no matter here.
func announced(t *testing.T, b Builder) string {
	t.Helper()
	var said []string
	b.Root = "."
	b.Say = func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }
	if err := b.announce(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(said, "\n")
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
