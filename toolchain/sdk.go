package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// SDKs writes the Java SDKs of the plugins below out, each in a folder with the plugin's name: sources in
// java/src/main/java, the plugin's version in java/src/main/resources.
//
// They are generated from the pinned plugins' own schemas, so no second version exists, and cut to the tokens that the
// program uses (tokens: a file with a token a line): the whole Kubernetes SDK is 4,297 classes, ours some hundred.
// An out that is up to date is left as it is, so that Maven sees no change.
func (b Builder) SDKs(ctx context.Context, tokens, out string) error {
	wanted, err := readTokens(tokens)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if p.Plugin == "" {
			continue
		}
		done, err := b.sdk(ctx, p, wanted[p.Plugin])
		if err != nil {
			return err
		}
		if err := bringUpToDate(filepath.Join(out, p.Plugin), done); err != nil {
			return err
		}
	}
	return nil
}

// bringUpToDate makes target a copy of the generated SDK unless it is one.
func bringUpToDate(target, done string) error {
	stamp := filepath.Join(target, ".from")
	if was, err := os.ReadFile(stamp); err == nil && string(was) == filepath.Base(done) {
		return nil
	}
	if err := os.RemoveAll(target); err != nil {
		return err
	}
	if err := copyTree(done, target); err != nil {
		return err
	}
	return os.WriteFile(stamp, []byte(filepath.Base(done)), 0o644)
}

// sdk generates one plugin's SDK unless the cache has it, and returns its folder.
func (b Builder) sdk(ctx context.Context, plugin Part, wanted []string) (string, error) {
	version, err := plugin.version(b.Root)
	if err != nil {
		return "", err
	}
	key, err := keyOf(filepath.Join(b.Root, "parts", plugin.Name), append([]string{"sdk", version}, wanted...)...)
	if err != nil {
		return "", err
	}
	done := filepath.Join(b.Cache, "sdks", plugin.Plugin+"-"+key)
	if _, err := os.Stat(done); err == nil {
		return done, nil
	}
	schema, err := b.schema(ctx, plugin)
	if err != nil {
		return "", err
	}
	start := time.Now()
	err = intoPlace(done, func(dir string) error { return b.generateSDK(ctx, plugin, version, schema, wanted, dir) })
	if err == nil {
		b.Say("%-18s %-10s Java SDK generated in %s", plugin.Name, version, time.Since(start).Round(time.Second))
	}
	return done, err
}

// schema reads a plugin's schema: from its module, where that has one, or else from its build.
func (b Builder) schema(ctx context.Context, plugin Part) ([]byte, error) {
	folder := b.Build
	if !slices.Contains(plugin.Generator.Files, plugin.Schema) {
		folder = func(ctx context.Context, p Part) (string, error) { return b.moduleDir(ctx, p.Name, p.Module) }
	}
	dir, err := folder(ctx, plugin)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(dir, plugin.Schema))
}

func (b Builder) generateSDK(ctx context.Context, plugin Part, version string, schema []byte, wanted []string, dir string) error {
	cut, err := cutSchema(schema, version, wanted)
	if err != nil {
		return fmt.Errorf("%s: %w", plugin.Name, err)
	}
	file, err := os.CreateTemp("", "starbase-schema-*.json")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if err := json.NewEncoder(file).Encode(cut); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	return b.pulumi(ctx, "package", "gen-sdk", file.Name(), "--language", "java", "--local", "--out", dir)
}

// pulumi runs the built engine's command line with the built language host beside it and a home of its own.
func (b Builder) pulumi(ctx context.Context, args ...string) error {
	path := os.Getenv("PATH")
	var engine string
	for _, name := range []string{"java-host", "engine"} {
		part, err := partNamed(name)
		if err != nil {
			return err
		}
		if engine, err = b.Build(ctx, part); err != nil {
			return err
		}
		path = engine + string(os.PathListSeparator) + path
	}
	home, err := os.MkdirTemp("", "starbase-pulumi-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	cmd := exec.CommandContext(ctx, filepath.Join(engine, "pulumi"), args...)
	cmd.Env = append(os.Environ(), "PATH="+path, "PULUMI_HOME="+home, "PULUMI_SKIP_UPDATE_CHECK=true")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("pulumi %s: %w\n%s", strings.Join(args, " "), err, lastLines(string(out), 15))
	}
	return nil
}
