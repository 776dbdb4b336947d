package pulumi

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Prepare makes the engine's home in the lab's folder: what is there already stays.
func (e Engine) Prepare() error {
	for _, do := range []func() error{e.folders, e.noLogs, e.passphrase, e.programs, e.plugins} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

func (e Engine) folders() error {
	for _, folder := range []string{"home", "state", "bin", "engine", "project", "tmp"} {
		if err := os.MkdirAll(e.In(folder), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// noLogs puts a file where the engine wants the folder for its automatic logs, which are half the time of an up that changes
// nothing: docs/decisions/no-engine-logs.md. An older lab's folder goes.
func (e Engine) noLogs() error {
	place := e.In("home", ".pulumi", "logs")
	if there, err := os.Lstat(place); err == nil && there.Mode().IsRegular() {
		return nil
	}
	return errors.Join(os.RemoveAll(place), os.MkdirAll(filepath.Dir(place), 0o700), os.WriteFile(place, nil, 0o600))
}

// programs puts `pulumi` (this program, by that name), kubectl and talosctl on the lab's PATH. The real pulumi and its
// language host come to lie side by side off the PATH: found there, they need no warning.
func (e Engine) programs() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return errors.Join(
		link(self, e.In("bin", "pulumi")),
		link(e.Program("kubectl"), e.In("bin", "kubectl")),
		link(e.Program("talosctl"), e.In("bin", "talosctl")),
		same(e.Program("pulumi"), e.In("engine", "pulumi")),
		same(e.Program("pulumi-language-java"), e.In("engine", "real-pulumi-language-java")),
		e.languageHost())
}

// languageHost puts a language host beside the engine that leaves out one line of the real one: version 1.22.0 waits for a
// debugger also when there is none, and calls the end of the run an error of that.
func (e Engine) languageHost() error {
	script := fmt.Sprintf("#!/bin/bash\nexec %s \"$@\" 2> >(exec grep --line-buffered --invert-match 'unable to start debugging' >&2)\n",
		quoted(e.In("engine", "real-pulumi-language-java")))
	place := e.In("engine", "pulumi-language-java")
	if now, err := os.ReadFile(place); err == nil && string(now) == script {
		return nil
	}
	return replace(place, func(fresh string) error { return os.WriteFile(fresh, []byte(script), 0o700) })
}

func link(target, path string) error {
	if now, err := os.Readlink(path); err == nil && now == target {
		return nil
	}
	return replace(path, func(fresh string) error { return os.Symlink(target, fresh) })
}

// same makes path the same file as what original leads to: a hard link, or a copy where that can't be.
func same(original, path string) error {
	real, err := filepath.EvalSymlinks(original)
	if err != nil {
		return fmt.Errorf("a part of the lab is not built (./lab build makes it): %w", err)
	}
	if equal(real, path) {
		return nil
	}
	return replace(path, func(fresh string) error {
		if os.Link(real, fresh) == nil {
			return nil
		}
		return copyFile(real, fresh)
	})
}

func equal(a, b string) bool {
	one, errOne := os.Stat(a)
	other, errOther := os.Stat(b)
	return errOne == nil && errOther == nil &&
		(os.SameFile(one, other) || one.Size() == other.Size() && !other.ModTime().Before(one.ModTime()))
}

// replace puts a new file in place of an old one at once; two calls at the same time do no harm.
func replace(path string, write func(fresh string) error) error {
	folder, err := os.MkdirTemp(filepath.Dir(path), ".new-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	fresh := filepath.Join(folder, filepath.Base(path))
	if err := write(fresh); err != nil {
		return err
	}
	return os.Rename(fresh, path)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
