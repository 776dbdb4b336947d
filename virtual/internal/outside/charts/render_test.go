package charts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"sigs.k8s.io/yaml"

	"starbase.example/virtual/internal/outside/charts"
)

// The toolchain puts the pinned modules' charts there.
func packaged(t *testing.T, name, version string) *charts.Archive {
	t.Helper()
	modules := os.Getenv("STARBASE_MODULES")
	if modules == "" {
		t.Fatal("STARBASE_MODULES has to name the folder with the pinned modules' files; ./lab test sets it")
	}
	archive, err := charts.Package(filepath.Join(modules, "charts", name), version)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// rendered is what `helm template` makes of the archive.
func rendered(t *testing.T, archive *charts.Archive, values map[string]any) []unstructured.Unstructured {
	t.Helper()
	loaded, err := loader.LoadArchive(bytes.NewReader(archive.Content))
	if err != nil {
		t.Fatal(err)
	}
	release := chartutil.ReleaseOptions{Name: loaded.Name(), Namespace: loaded.Name(), IsInstall: true}
	all, err := chartutil.ToRenderValues(loaded, values, release, chartutil.DefaultCapabilities)
	if err != nil {
		t.Fatal(err)
	}
	files, err := engine.Render(loaded, all)
	if err != nil {
		t.Fatal(err)
	}
	var objects []unstructured.Unstructured
	for name, content := range files {
		if filepath.Ext(name) != ".yaml" {
			continue
		}
		// Some templates write "---# comment", which Helm takes for a separator.
		for _, document := range strings.Split("\n"+content, "\n---") {
			var object unstructured.Unstructured
			if err := yaml.Unmarshal([]byte(document), &object.Object); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if len(object.Object) > 0 {
				objects = append(objects, object)
			}
		}
	}
	return objects
}

// names are the sorted names of the objects of a kind.
func names(objects []unstructured.Unstructured, kind string) []string {
	found := []string{}
	for _, object := range objects {
		if object.GetKind() == kind {
			found = append(found, object.GetName())
		}
	}
	slices.Sort(found)
	return found
}
