package main

import (
	"context"
	"os"
	"path/filepath"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Built are the folders and files that the script lab hands to the virtual lab.
type Built struct {
	// Bin is a folder with links to the binaries of all parts.
	Bin string
	// Modules is the folder of the module files; see Builder.Modules.
	Modules string
	// Lab is the virtual lab's own program.
	Lab string
}

// All builds every part, the module files and the virtual lab's program: the two families side by side, because linking
// uses one core only and downloading none, and the parts of a family one after the other.
func (b Builder) All(ctx context.Context) (Built, error) {
	if err := b.announce(); err != nil {
		return Built{}, err
	}
	b.compiled = new(atomic.Bool)
	var built Built
	families, together := errgroup.WithContext(ctx)
	families.SetLimit(sideBySide())
	families.Go(func() error { return b.family(together, Pulumi) })
	families.Go(func() (err error) {
		if err = b.family(together, Kubernetes); err != nil {
			return err
		}
		if built.Modules, err = b.Modules(together); err != nil {
			return err
		}
		built.Lab, err = b.Lab(together)
		return err
	})
	if err := families.Wait(); err != nil {
		return Built{}, err
	}
	var err error
	if built.Bin, err = b.links(ctx); err != nil {
		return Built{}, err
	}
	if b.compiled.Load() && !b.KeepCompileCache {
		err = b.pruneCompileCache(ctx)
	}
	return built, err
}

func (b Builder) family(ctx context.Context, family Family) error {
	for _, p := range parts {
		if p.Family != family {
			continue
		}
		if _, err := b.Build(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// links makes the folder with links to the binaries of all parts, which are built.
func (b Builder) links(ctx context.Context) (string, error) {
	links := map[string]string{}
	var settings []string
	for _, p := range parts {
		dir, err := b.Build(ctx, p)
		if err != nil {
			return "", err
		}
		for _, binary := range p.Binaries {
			links[binary.Name] = filepath.Join(dir, binary.Name)
		}
		settings = append(settings, dir)
	}
	done := filepath.Join(b.Cache, "bin", keyOfSettings(settings...))
	if _, err := os.Stat(done); err == nil {
		return done, nil
	}
	return done, intoPlace(done, func(dir string) error {
		for name, target := range links {
			if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
				return err
			}
		}
		return nil
	})
}
