package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// readTokens reads a token a line, by the plugin that its first part names; blank lines and what follows a # are left out.
// The program compiles against an SDK of each plugin, so none may be without a token.
func readTokens(path string) (map[string][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	tokens := map[string][]string{}
	for _, p := range parts {
		if p.Plugin != "" {
			tokens[p.Plugin] = nil
		}
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		token := strings.TrimSpace(line)
		if token == "" {
			continue
		}
		plugin, _, _ := strings.Cut(token, ":")
		if _, ok := tokens[plugin]; !ok {
			return nil, fmt.Errorf("%s: there is no plugin for %q", path, token)
		}
		tokens[plugin] = append(tokens[plugin], token)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	for plugin, of := range tokens {
		if len(of) == 0 {
			return nil, fmt.Errorf("%s names no token of %s", path, plugin)
		}
	}
	return tokens, nil
}
