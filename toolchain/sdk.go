package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
	done, err := b.kubernetesSDK(ctx, tokens)
	if err != nil {
		return err
	}
	target := filepath.Join(out, "kubernetes")
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

func (b Builder) kubernetesSDK(ctx context.Context, tokens string) (string, error) {
	plugin, err := partNamed("kubernetes-plugin")
	if err != nil {
		return "", err
	}
	version, err := plugin.version(b.Root)
	if err != nil {
		return "", err
	}
	wanted, err := readTokens(tokens)
	if err != nil {
		return "", err
	}
	key, err := keyOf(filepath.Join(b.Root, "parts", "kubernetes-plugin"), append([]string{"sdk", version}, wanted...)...)
	if err != nil {
		return "", err
	}
	done := filepath.Join(b.Cache, "sdks", "kubernetes-"+key)
	if _, err := os.Stat(done); err == nil {
		return done, nil
	}
	start := time.Now()
	err = intoPlace(done, func(dir string) error { return b.generateSDK(ctx, plugin, version, wanted, dir) })
	if err == nil {
		b.Say("%-18s %-10s Java SDK generated in %s", plugin.Name, version, time.Since(start).Round(time.Second))
	}
	return done, err
}

func (b Builder) generateSDK(ctx context.Context, plugin Part, version string, wanted []string, dir string) error {
	module, err := b.moduleDir(ctx, plugin.Name, plugin.Module)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(filepath.Join(module, plugin.Embeds[0]))
	if err != nil {
		return err
	}
	cut, err := cutSchema(data, version, wanted)
	if err != nil {
		return fmt.Errorf("%s: %w", plugin.Name, err)
	}
	schema, err := os.CreateTemp("", "starbase-schema-*.json")
	if err != nil {
		return err
	}
	defer os.Remove(schema.Name())
	if err := json.NewEncoder(schema).Encode(cut); err != nil {
		return err
	}
	if err := schema.Close(); err != nil {
		return err
	}
	return b.pulumi(ctx, "package", "gen-sdk", schema.Name(), "--language", "java", "--local", "--out", dir)
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

// readTokens reads a token a line; blank lines and what follows a # are left out.
func readTokens(path string) ([]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var tokens []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if line = strings.TrimSpace(line); line != "" {
			tokens = append(tokens, line)
		}
	}
	if len(tokens) == 0 {
		return nil, fmt.Errorf("%s names no token", path)
	}
	return tokens, nil
}
