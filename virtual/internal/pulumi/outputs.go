package pulumi

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

const hidden = "[secret]"

// Outputs reads the stack's outputs from the backend: neither a running lab nor a lock is needed.
func (e Engine) Outputs(showSecrets bool) (map[string]any, error) {
	if _, err := os.Stat(e.In("project", "Pulumi.yaml")); errors.Is(err, os.ErrNotExist) {
		return nil, errors.New("nothing was brought up yet, so there are no outputs. Start with ./lab up")
	}
	arguments := []string{"stack", "output", "--json", "--stack", e.Stack}
	if showSecrets {
		arguments = append(arguments, "--show-secrets")
	}
	content, err := e.quiet(e.In("project"), nil, arguments...)
	if err != nil {
		return nil, err
	}
	outputs := map[string]any{}
	return outputs, json.Unmarshal(content, &outputs)
}

// Print writes one output, or all when no name is given: a string as it is, anything else (or all with asJSON) as JSON.
func Print(outputs map[string]any, name string, asJSON bool) (string, error) {
	if name == "" {
		return indented(outputs)
	}
	value, ok := outputs[name]
	if !ok {
		return "", fmt.Errorf("there is no output %q. Outputs: %s", name, strings.Join(slices.Sorted(maps.Keys(outputs)), ", "))
	}
	if value == hidden {
		return "", fmt.Errorf("output %q is a secret: add --show-secrets to see it", name)
	}
	if text, ok := value.(string); ok && !asJSON {
		return text, nil
	}
	return indented(value)
}

func indented(value any) (string, error) {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return strings.TrimSuffix(text.String(), "\n"), err
}
