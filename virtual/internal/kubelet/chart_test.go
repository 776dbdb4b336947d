package kubelet_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/releaseutil"
)

// chart renders a chart of the pinned modules: its objects in the order of an
// installation, and those of its hooks.
func chart(t *testing.T, name, namespace string, values map[string]any) (objects, hooks string) {
	t.Helper()
	modules := os.Getenv("STARBASE_MODULES")
	if modules == "" {
		t.Fatal("STARBASE_MODULES must name the folder with the pinned modules' files (charts); ./lab build makes it")
	}
	loaded, err := loader.LoadDir(filepath.Join(modules, "charts", name))
	if err != nil {
		t.Fatal(err)
	}
	release := chartutil.ReleaseOptions{Name: name, Namespace: namespace, IsInstall: true}
	all, err := chartutil.ToRenderValues(loaded, values, release, chartutil.DefaultCapabilities)
	if err != nil {
		t.Fatal(err)
	}
	files, err := engine.Render(loaded, all)
	if err != nil {
		t.Fatal(err)
	}
	for file := range files {
		if strings.HasSuffix(file, "NOTES.txt") {
			delete(files, file)
		}
	}
	found, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		t.Fatal(err)
	}
	var text, hookText strings.Builder
	for _, manifest := range manifests {
		text.WriteString("\n---\n" + manifest.Content)
	}
	for _, hook := range found {
		hookText.WriteString("\n---\n" + hook.Manifest)
	}
	return text.String(), hookText.String()
}
