package pulumi

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

// stackFile is the copy that the engine works with: it writes a salt into a stack file, and the person's stays clean.
func (e Engine) stackFile() string { return e.In("project", e.stackFileName()) }

func (e Engine) stackFileName() string { return "Pulumi." + e.Stack + ".yaml" }

// ourProject says whether the working directory is in the clone.
func (e Engine) ourProject() bool {
	dir, err := os.Getwd()
	if err != nil {
		return false
	}
	relative, err := filepath.Rel(e.Root, dir)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, "../")
}

// prepareStack copies the stack file as it is now, and makes the stack the first time.
func (e Engine) prepareStack() error {
	if err := e.copyStackFile(); err != nil {
		return err
	}
	project, err := e.project()
	if err != nil {
		return err
	}
	if _, err := os.Stat(e.In("state", ".pulumi", "stacks", project, e.Stack+".json")); err == nil {
		return nil
	}
	// In the folder of the copies, since the engine writes the salt beside Pulumi.yaml.
	_, err = e.quiet(e.In("project"), nil, "stack", "init", e.Stack, "--secrets-provider", "passphrase")
	return err
}

// Known returns an error when the clone has no stack file of this name.
func (e Engine) Known() error {
	_, err := e.original()
	return err
}

func (e Engine) original() ([]byte, error) {
	content, err := os.ReadFile(filepath.Join(e.Root, e.stackFileName()))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("there is no stack %q: %s has no %s. Stack files there: %s", e.Stack, e.Root, e.stackFileName(), e.stackFiles())
	}
	return content, err
}

func (e Engine) copyStackFile() error {
	original, err := e.original()
	if err != nil {
		return err
	}
	before, err := os.ReadFile(e.stackFile())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return replace(e.stackFile(), func(fresh string) error {
		return os.WriteFile(fresh, withSalt(original, before), 0o600)
	})
}

func (e Engine) stackFiles() string {
	files, _ := filepath.Glob(filepath.Join(e.Root, "Pulumi.*.yaml")) // the pattern is a good one
	if files == nil {
		return "none"
	}
	for i, f := range files {
		files[i] = filepath.Base(f)
	}
	return strings.Join(files, ", ")
}

// project copies Pulumi.yaml beside the copied stack file and returns the project's name.
func (e Engine) project() (string, error) {
	path := filepath.Join(e.Root, "Pulumi.yaml")
	content, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	var project struct {
		Name string `json:"name"`
	}
	if err := yaml.Unmarshal(content, &project); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return project.Name, replace(e.In("project", "Pulumi.yaml"), func(fresh string) error {
		return os.WriteFile(fresh, content, 0o600)
	})
}
