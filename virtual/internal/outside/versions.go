package outside

import (
	"encoding/json"
	"fmt"
	"os"
)

// readVersions reads the pins of what the outside world offers, as its hosts write them: cert-manager and the Gateway API with a "v".
// The file may hold others' versions too. Each of the names has to be there.
func readVersions(file string, names ...string) (map[string]string, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var versions map[string]string
	if err := json.Unmarshal(content, &versions); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for _, name := range names {
		if versions[name] == "" {
			return nil, fmt.Errorf("%s: no version for %q", file, name)
		}
	}
	return versions, nil
}
