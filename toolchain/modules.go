package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// moduleFiles are files of Go modules that the lab's outside world serves: module (as the part's go.mod pins it),
// folder in it, and where the lab looks for it.
var moduleFiles = []struct{ part, module, from, to string }{
	{"cilium", "github.com/cilium/cilium", "install/kubernetes/cilium", "charts/cilium"},
	{"cilium", "github.com/cilium/cilium", "pkg/k8s/apis/cilium.io/client/crds", "cilium/crds"},
	{"cert-manager", "github.com/cert-manager/cert-manager", "deploy/charts/cert-manager", "charts/cert-manager"},
	{"cilium", "sigs.k8s.io/gateway-api", "config/crd/standard", "gateway-api/config/crd/standard"},
}

// Modules gathers the module files and versions.json in one folder and returns it.
func (b Builder) Modules(ctx context.Context) (string, error) {
	// What is gathered, and how, stands in this program: its folder is named by its sources' digest (see the script lab).
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	key, err := keyOf(filepath.Join(b.Root, "parts"), "module files", filepath.Base(filepath.Dir(program)))
	if err != nil {
		return "", err
	}
	done := filepath.Join(b.Cache, "modules", key)
	if _, err := os.Stat(done); err == nil {
		return done, nil
	}
	if got, err := b.prebuilt(ctx, done); got || err != nil {
		return done, err
	}
	return done, intoPlace(done, func(dir string) error {
		for _, m := range moduleFiles {
			module, err := b.moduleDir(ctx, m.part, m.module)
			if err != nil {
				return err
			}
			if err := copyTree(filepath.Join(module, m.from), filepath.Join(dir, m.to)); err != nil {
				return err
			}
		}
		versions, err := b.versions(ctx)
		if err != nil {
			return err
		}
		data, err := json.MarshalIndent(versions, "", "  ")
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, "versions.json"), data, 0o644)
	})
}

// versions are the built versions by the name under which stack file and lab know them.
func (b Builder) versions(ctx context.Context) (map[string]string, error) {
	versions := map[string]string{}
	for _, p := range parts {
		v, err := p.version(b.Root)
		if err != nil {
			return nil, err
		}
		versions[p.Name] = v
	}
	gatewayAPI, err := b.goCommand(ctx, filepath.Join(b.Root, "parts", "cilium"),
		"list", "-mod=readonly", "-m", "-f", "{{.Version}}", "sigs.k8s.io/gateway-api")
	if err != nil {
		return nil, err
	}
	versions["cilium"] = strings.TrimPrefix(versions["cilium"], "v") // as its chart writes it
	versions["gateway-api"] = strings.TrimSpace(string(gatewayAPI))
	return versions, nil
}
