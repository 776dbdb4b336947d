// Package settings holds what the lab script hands to this program: where the clone, the built parts and the cache are.
package settings

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// Settings is one lab: a clone and a stack.
type Settings struct {
	// Root is the clone.
	Root string
	// Bin is the folder with all built programs.
	Bin string
	// Modules is the folder with charts, manifests and versions.json for the outside world.
	Modules string
	// NextModules is such a folder of a program that is going to be previewed in this lab; "" when there is none.
	NextModules string
	// Cache is the folder outside the clone that holds everything built and every lab's state.
	Cache string
	// Stack is the stack's name: it selects Pulumi.<stack>.yaml.
	Stack string
	// Folder holds this lab's state; it is derived from Root and Stack.
	Folder string
}

// FromEnvironment reads STARBASE_ROOT, STARBASE_BIN, STARBASE_MODULES and STARBASE_CACHE, which the lab script sets, and
// STARBASE_NEXT_MODULES, which it sets for the lab of a preview with --base.
func FromEnvironment(stack string) (Settings, error) {
	s := Settings{Stack: stack, NextModules: os.Getenv("STARBASE_NEXT_MODULES")}
	for name, value := range map[string]*string{
		"STARBASE_ROOT": &s.Root, "STARBASE_BIN": &s.Bin, "STARBASE_MODULES": &s.Modules, "STARBASE_CACHE": &s.Cache,
	} {
		*value = os.Getenv(name)
		if !filepath.IsAbs(*value) {
			return s, fmt.Errorf("%s is %q, but must be an absolute path. Start this program by the script ./lab, which sets it", name, *value)
		}
	}
	sum := sha256.Sum256([]byte(filepath.Clean(s.Root)))
	s.Folder = filepath.Join(s.Cache, "labs", hex.EncodeToString(sum[:6])+"-"+stack)
	return s, nil
}

// StackFile is the stack's configuration, in the clone.
func (s Settings) StackFile() string { return filepath.Join(s.Root, "Pulumi."+s.Stack+".yaml") }

// Program is the path of a built program.
func (s Settings) Program(name string) string { return filepath.Join(s.Bin, name) }

// In is a path in the lab's folder.
func (s Settings) In(parts ...string) string {
	return filepath.Join(append([]string{s.Folder}, parts...)...)
}

// Version reads the version of a part, as pinned, from versions.json.
func (s Settings) Version(part string) (string, error) {
	path := filepath.Join(s.Modules, "versions.json")
	content, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("the versions of the parts: %w", err)
	}
	versions := map[string]string{}
	if err := json.Unmarshal(content, &versions); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	version, ok := versions[part]
	if !ok {
		return "", fmt.Errorf("%s has no version of %q", path, part)
	}
	return version, nil
}
