package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// A Wanted names a resource of a plugin's schema, or a type that such a resource reaches, and the properties to keep of
// it: all, if none is named.
type Wanted struct {
	Token      string
	Properties []string
}

// readTokens reads a Wanted a line, by the plugin that the token's first part names; blank lines and what follows a # are
// left out. The program compiles against an SDK of each plugin, so a plugin without a token is an error.
func readTokens(path string) (map[string][]Wanted, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	wanted := map[string][]Wanted{}
	for _, p := range parts {
		if p.Plugin != "" {
			wanted[p.Plugin] = nil
		}
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		plugin, _, _ := strings.Cut(words[0], ":")
		if _, ok := wanted[plugin]; !ok {
			return nil, fmt.Errorf("%s: there is no plugin for %q", path, words[0])
		}
		wanted[plugin] = append(wanted[plugin], Wanted{Token: words[0], Properties: words[1:]})
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	for plugin, of := range wanted {
		if len(of) == 0 {
			return nil, fmt.Errorf("%s names no token of %s", path, plugin)
		}
	}
	return wanted, nil
}
