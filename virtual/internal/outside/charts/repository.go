package charts

import (
	"crypto/sha256"
	"fmt"
	"path"

	"helm.sh/helm/v3/pkg/chart"
	"sigs.k8s.io/yaml"
)

// index is a repository's index.yaml (https://helm.sh/docs/topics/chart_repository/#the-index-file). Helm's own type for it, in
// pkg/repo, would link kubectl into the lab; and it notes the current time, so that each index would differ from the last.
type index struct {
	APIVersion string             `json:"apiVersion"`
	Entries    map[string][]entry `json:"entries"`
}

type entry struct {
	*chart.Metadata
	URLs   []string `json:"urls"`
	Digest string   `json:"digest"` // SHA-256 of the archive, in hexadecimal
}

// Repository returns the files of a chart repository that offers the archive: URL path and content. The archive lies in folder, ""
// for beside index.yaml; the index names it relative to itself, as the real repositories do.
func Repository(folder string, archive *Archive) (map[string][]byte, error) {
	place := path.Join(folder, archive.Name())
	content, err := yaml.Marshal(index{
		APIVersion: chart.APIVersionV1,
		Entries: map[string][]entry{
			archive.Metadata.Name: {{
				Metadata: archive.Metadata,
				URLs:     []string{place},
				Digest:   fmt.Sprintf("%x", sha256.Sum256(archive.Content)),
			}},
		},
	})
	if err != nil {
		return nil, fmt.Errorf("the index with %s: %w", archive.Name(), err)
	}
	return map[string][]byte{"/index.yaml": content, "/" + place: archive.Content}, nil
}
