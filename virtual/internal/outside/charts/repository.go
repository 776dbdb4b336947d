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

// Repository returns the files of a chart repository that offers the archives of one chart: URL path and content. Of two archives
// of one version the first is offered. They lie in folder, "" for beside index.yaml; the index names them relative to itself, as the
// real repositories do.
func Repository(folder string, archives ...*Archive) (map[string][]byte, error) {
	files, all := map[string][]byte{}, index{APIVersion: chart.APIVersionV1, Entries: map[string][]entry{}}
	for _, archive := range archives {
		place := path.Join(folder, archive.Name())
		if files["/"+place] != nil {
			continue
		}
		files["/"+place] = archive.Content
		all.Entries[archive.Metadata.Name] = append(all.Entries[archive.Metadata.Name], entry{
			Metadata: archive.Metadata,
			URLs:     []string{place},
			Digest:   fmt.Sprintf("%x", sha256.Sum256(archive.Content)),
		})
	}
	content, err := yaml.Marshal(all)
	if err != nil {
		return nil, fmt.Errorf("the index of %d charts: %w", len(archives), err)
	}
	files["/index.yaml"] = content
	return files, nil
}
