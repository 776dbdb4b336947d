package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// generate builds the part's generator, if it has one, runs it in a folder of its own (it may leave more than is asked
// for), and puts its files beside the sources that embed them and beside the binaries.
func (b Builder) generate(ctx context.Context, p Part, version, source, dir string) error {
	if p.Generator.Package == "" {
		return nil
	}
	scratch, err := os.MkdirTemp("", "starbase-generate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	program := Binary{Name: "generate", Package: p.Generator.Package}
	if err := b.goBuild(ctx, p, version, source, program, scratch); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(scratch, program.Name), p.Generator.Arguments...)
	cmd.Dir = scratch
	cmd.Env = append(os.Environ(), "HOME="+scratch)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the files of %s could not be generated: %w\n%s", p.Name, err, lastLines(string(out), 15))
	}
	for _, file := range p.Generator.Files {
		for _, folder := range []string{source, dir} {
			if err := copyFile(filepath.Join(scratch, file), filepath.Join(folder, file)); err != nil {
				return fmt.Errorf("the generator of %s: %w", p.Name, err)
			}
		}
	}
	return nil
}
