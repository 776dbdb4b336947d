package main

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const everyPlugin = `# what the program uses
kubernetes:core/v1:Service # of apps
command:local:Command

proxmoxve:download/file:File
kubernetes:core/v1:Namespace
`

func TestTokensAreReadByTheirPluginInTheOrderOfTheFile(t *testing.T) {
	got, err := readTokens(tokenFile(t, everyPlugin))
	want := map[string][]string{
		"command":    {"command:local:Command"},
		"kubernetes": {"kubernetes:core/v1:Service", "kubernetes:core/v1:Namespace"},
		"proxmoxve":  {"proxmoxve:download/file:File"},
	}
	if err != nil || !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
}

func TestATokenOfNoPluginIsNamed(t *testing.T) {
	path := tokenFile(t, everyPlugin+"random:index/randomId:RandomId\n")
	_, err := readTokens(path)
	if want := path + `: there is no plugin for "random:index/randomId:RandomId"`; err == nil || err.Error() != want {
		t.Errorf("error: %v; want %s", err, want)
	}
}

func TestAPluginWithoutATokenIsNamed(t *testing.T) {
	path := tokenFile(t, strings.ReplaceAll(everyPlugin, "command:local:Command", ""))
	_, err := readTokens(path)
	if want := path + " names no token of command"; err == nil || err.Error() != want {
		t.Errorf("error: %v; want %s", err, want)
	}
}

func tokenFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tokens.txt")
	write(t, path, content)
	return path
}
