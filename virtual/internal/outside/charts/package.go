// Package charts makes Helm chart archives and a repository's files from chart folders.
package charts

import (
	"archive/tar"
	"bytes"
	"cmp"
	"compress/gzip"
	"fmt"
	"slices"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"sigs.k8s.io/yaml"
)

// Archive is a packaged chart.
type Archive struct {
	Metadata *chart.Metadata
	Content  []byte // .tgz
}

// Name is the archive's file name, as Helm gives it.
func (a *Archive) Name() string { return a.Metadata.Name + "-" + a.Metadata.Version + ".tgz" }

// Package packs the chart in folder as its publisher does, with version as the chart's and the application's version.
//
// The sources of a chart may carry a placeholder instead of a version: cert-manager's say v0.0.0, and its release runs
// `helm package --version --app-version` (make/manifests.mk); images and labels are made from it. Apart from that its folder is
// the published chart: the resource definitions that `crds.enabled` brings are its templates/crd-*.yaml, generated into the sources.
// Not reproduced are a README and two Artifact Hub annotations, which Helm doesn't read.
//
// The same folder gives the same bytes each time, so that two labs agree on a digest. That is why Helm's own chartutil.Save isn't
// used: it writes the current time.
func Package(folder, version string) (*Archive, error) {
	source, err := loader.LoadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("the chart in %s: %w", folder, err)
	}
	source.Metadata.Version, source.Metadata.AppVersion = version, version
	if err := source.Validate(); err != nil {
		return nil, fmt.Errorf("the chart in %s as version %q: %w", folder, version, err)
	}
	stamped, err := yaml.Marshal(source.Metadata)
	if err != nil {
		return nil, fmt.Errorf("the chart in %s: %w", folder, err)
	}
	content, err := pack(source, stamped)
	if err != nil {
		return nil, fmt.Errorf("packing the chart in %s: %w", folder, err)
	}
	return &Archive{Metadata: source.Metadata, Content: content}, nil
}

func pack(source *chart.Chart, chartYAML []byte) ([]byte, error) {
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	files := tar.NewWriter(zipped)
	// Raw is every file of the folder but those that .helmignore names.
	raw := slices.SortedFunc(slices.Values(source.Raw), func(a, b *chart.File) int { return cmp.Compare(a.Name, b.Name) })
	for _, file := range raw {
		data := file.Data
		if file.Name == "Chart.yaml" {
			data = chartYAML
		}
		header := &tar.Header{Name: source.Name() + "/" + file.Name, Mode: 0o644, Size: int64(len(data)), Typeflag: tar.TypeReg}
		if err := files.WriteHeader(header); err != nil {
			return nil, err
		}
		if _, err := files.Write(data); err != nil {
			return nil, err
		}
	}
	if err := files.Close(); err != nil {
		return nil, err
	}
	if err := zipped.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
