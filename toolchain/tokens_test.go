package main

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const everyPlugin = `# what the program uses
kubernetes:core/v1:Service # of apps
command:local:Command

proxmoxve:download/file:File
kubernetes:core/v1:Namespace kind metadata
`

func TestTokensAreReadByTheirPluginInTheOrderOfTheFile(t *testing.T) {
	got, err := readTokens(tokenFile(t, everyPlugin))
	want := map[string][]Wanted{
		"command":    {{"command:local:Command", []string{}}},
		"kubernetes": {{"kubernetes:core/v1:Service", []string{}}, {"kubernetes:core/v1:Namespace", []string{"kind", "metadata"}}},
		"proxmoxve":  {{"proxmoxve:download/file:File", []string{}}},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
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
