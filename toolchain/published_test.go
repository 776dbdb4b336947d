package main

import (
	"encoding/json"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// These tests hold the Proxmox plugin that was built against the published one, which a person with hardware gets. They
// read the schema of the built plugin, so they prove nothing of what it does with it; nor do they know the outputs.

func TestTheProxmoxPluginTakesExactlyWhatThePublishedOneTakes(t *testing.T) {
	data, err := os.ReadFile("testdata/proxmoxve-inputs.txt")
	if err != nil {
		t.Fatal(err)
	}
	published := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, "#") {
			published[line] = true
		}
	}
	schema := proxmoxSchema(t)
	ours := map[string]bool{}
	for token, resource := range schema.Resources {
		schema.inputs(t, token, resource.InputProperties, resource.RequiredInputs, ours)
	}
	schema.inputs(t, "Provider", schema.Provider.InputProperties, schema.Provider.RequiredInputs, ours)
	for line := range published {
		if !ours[line] {
			t.Errorf("the published plugin takes %q, the built one does not", line)
		}
	}
	for line := range ours {
		if !published[line] {
			t.Errorf("the built plugin takes %q, the published one does not", line)
		}
	}
}

func TestTheProxmoxPluginSpellsTokensAsThePublishedOneDoes(t *testing.T) {
	want := []string{"proxmoxve:download/file:File", "proxmoxve:index/vmLegacy:VmLegacy"}
	if got := slices.Sorted(maps.Keys(proxmoxSchema(t).Resources)); !slices.Equal(got, want) {
		t.Errorf("resources: %v; want %v", got, want)
	}
}

func TestTheEngineIsToldWhereThePublishedProxmoxPluginIs(t *testing.T) {
	if got, want := proxmoxSchema(t).PluginDownloadURL, "github://api.github.com/muhlba91/pulumi-proxmoxve"; got != want {
		t.Errorf("pluginDownloadURL: %q; want %q", got, want)
	}
}

func TestTheProxmoxSDKHasThePackagesOfThePublishedOne(t *testing.T) {
	for _, class := range []string{"Provider", "VmLegacy", "VmLegacyArgs", "inputs/VmLegacyDiskArgs", "download/File", "download/FileArgs"} {
		if _, err := os.Stat(filepath.Join("../sdks/java/io/muehlbachler/pulumi/proxmoxve", class+".java")); err != nil {
			t.Error(err)
		}
	}
}

// built is the Proxmox plugin of the cache in which ./lab test has built all parts.
func built(t *testing.T) (Builder, Part) {
	t.Helper()
	cache := os.Getenv("STARBASE_CACHE")
	if cache == "" {
		t.Fatal("STARBASE_CACHE is not set: it names the folder of the built parts, and ./lab test sets it")
	}
	plugin, err := partNamed("proxmox-plugin")
	if err != nil {
		t.Fatal(err)
	}
	return Builder{Root: ".", Cache: cache, Say: t.Logf}, plugin
}

type packageSchema struct {
	PluginDownloadURL string
	Provider          resourceSchema
	Resources         map[string]resourceSchema
	Types             map[string]struct {
		Properties map[string]typeSchema
		Required   []string
	}
}

type resourceSchema struct {
	InputProperties map[string]typeSchema
	RequiredInputs  []string
}

type typeSchema struct {
	Type  string
	Ref   string `json:"$ref"`
	Items *typeSchema
}

func proxmoxSchema(t *testing.T) packageSchema {
	t.Helper()
	b, plugin := built(t)
	data, err := b.schema(t.Context(), plugin)
	if err != nil {
		t.Fatal(err)
	}
	var schema packageSchema
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// inputs adds a line for each input of a resource or type, and of the types that it reaches, as they stand in
// testdata/proxmoxve-inputs.txt.
func (s packageSchema) inputs(t *testing.T, token string, properties map[string]typeSchema, required []string, lines map[string]bool) {
	t.Helper()
	for name, property := range properties {
		line := lastOf(token) + "." + name + " " + property.String()
		if slices.Contains(required, name) {
			line += " required"
		}
		if lines[line] {
			continue
		}
		lines[line] = true
		if reached := property.reference(t); reached != "" {
			s.inputs(t, reached, s.Types[reached].Properties, s.Types[reached].Required, lines)
		}
	}
}

func (p typeSchema) String() string {
	switch {
	case p.Ref != "":
		return lastOf(p.Ref)
	case p.Items != nil:
		return p.Items.String() + "[]"
	}
	return p.Type
}

func (p typeSchema) reference(t *testing.T) string {
	t.Helper()
	if p.Items != nil {
		return p.Items.reference(t)
	}
	token, err := url.PathUnescape(strings.TrimPrefix(p.Ref, typeReference))
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// lastOf is the class that a token names.
func lastOf(token string) string { return token[strings.LastIndex(token, ":")+1:] }
