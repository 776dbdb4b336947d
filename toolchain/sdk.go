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
)

// SDKs writes the Java SDKs of the plugins to out: sources below java/, the plugins' versions below resources/. The
// packages differ, so they lie in one tree.
//
// They are generated from the pinned plugins' own schemas, so no second version exists, and cut to what the program
// uses (tokens: see readTokens): the whole Kubernetes SDK is 4,297 classes, ours is about a hundred.
func (b Builder) SDKs(ctx context.Context, tokens, out string) error {
	wanted, err := readTokens(tokens)
	if err != nil {
		return err
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	for _, p := range parts {
		if p.Plugin == "" {
			continue
		}
		if err := b.sdk(ctx, p, wanted[p.Plugin], out); err != nil {
			return err
		}
	}
	return nil
}

// sdk adds one plugin's SDK to out.
func (b Builder) sdk(ctx context.Context, plugin Part, wanted []Wanted, out string) error {
	version, err := plugin.version(b.Root)
	if err != nil {
		return err
	}
	schema, err := b.schema(ctx, plugin)
	if err != nil {
		return err
	}
	cut, err := cutSchema(schema, version, wanted)
	if err != nil {
		return fmt.Errorf("%s: %w", plugin.Name, err)
	}
	scratch, err := os.MkdirTemp("", "starbase-sdk-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	data, err := json.Marshal(cut)
	if err != nil {
		return err
	}
	file := filepath.Join(scratch, "schema.json")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		return err
	}
	if err := b.pulumi(ctx, "package", "gen-sdk", file, "--language", "java", "--local", "--out", scratch); err != nil {
		return err
	}
	for _, folder := range []string{"java", "resources"} {
		if err := copyTree(filepath.Join(scratch, "java/src/main", folder), filepath.Join(out, folder)); err != nil {
			return err
		}
	}
	b.Say("%-18s %-10s Java SDK generated", plugin.Name, version)
	return nil
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
