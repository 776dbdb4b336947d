package charts_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"

	"starbase.example/virtual/internal/outside/charts"
)

func TestACertManagerChartCarriesTheVersionThatItsSourcesLack(t *testing.T) {
	archive := packaged(t, "cert-manager", "v9.8.7")
	if got := archive.Name(); got != "cert-manager-v9.8.7.tgz" {
		t.Errorf("the archive is called %s", got)
	}
	chart, err := loader.LoadArchive(bytes.NewReader(archive.Content))
	if err != nil {
		t.Fatal(err)
	}
	if chart.Metadata.Version != "v9.8.7" || chart.Metadata.AppVersion != "v9.8.7" {
		t.Errorf("version %s, appVersion %s", chart.Metadata.Version, chart.Metadata.AppVersion)
	}
	for _, object := range rendered(t, archive, nil) {
		if object.GetKind() == "Deployment" && object.GetLabels()["app.kubernetes.io/version"] != "v9.8.7" {
			t.Errorf("Deployment %s has labels %v", object.GetName(), object.GetLabels())
		}
	}
}

func TestTheSameFolderGivesTheSameBytes(t *testing.T) {
	first, second := packaged(t, "cilium", "1.2.3"), packaged(t, "cilium", "1.2.3")
	if !bytes.Equal(first.Content, second.Content) {
		t.Error("two archives of one chart differ")
	}
}

func TestACiliumChartRendersWithItsDefaultValues(t *testing.T) {
	objects := rendered(t, packaged(t, "cilium", "1.2.3"), nil)
	if got, want := names(objects, "Deployment"), []string{"cilium-operator"}; !slices.Equal(got, want) {
		t.Errorf("Deployments %v, want %v", got, want)
	}
	if got, want := names(objects, "DaemonSet"), []string{"cilium", "cilium-envoy"}; !slices.Equal(got, want) {
		t.Errorf("DaemonSets %v, want %v", got, want)
	}
}

func TestACertManagerChartRendersWithItsDefaultValuesAndWithoutDefinitions(t *testing.T) {
	objects := rendered(t, packaged(t, "cert-manager", "v1.2.3"), nil)
	want := []string{"cert-manager", "cert-manager-cainjector", "cert-manager-webhook"}
	if got := names(objects, "Deployment"); !slices.Equal(got, want) {
		t.Errorf("Deployments %v, want %v", got, want)
	}
	if got := names(objects, "CustomResourceDefinition"); len(got) > 0 {
		t.Errorf("definitions %v that nobody asked for", got)
	}
}

func TestACertManagerChartBringsItsDefinitionsWhenAskedTo(t *testing.T) {
	objects := rendered(t, packaged(t, "cert-manager", "v1.2.3"), map[string]any{"crds": map[string]any{"enabled": true}})
	want := []string{
		"certificaterequests.cert-manager.io", "certificates.cert-manager.io", "challenges.acme.cert-manager.io",
		"clusterissuers.cert-manager.io", "issuers.cert-manager.io", "orders.acme.cert-manager.io",
	}
	if got := names(objects, "CustomResourceDefinition"); !slices.Equal(got, want) {
		t.Errorf("definitions %v, want %v", got, want)
	}
}

func TestAFolderWithoutAChartIsNamed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "nothing")
	if _, err := charts.Package(folder, "1.0.0"); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("the error is %v", err)
	}
}

func TestAVersionThatIsNoneIsNamed(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "Chart.yaml"), []byte("apiVersion: v2\nname: some\nversion: 0.0.0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := charts.Package(folder, "latest"); err == nil || !strings.Contains(err.Error(), `as version "latest"`) {
		t.Errorf("the error is %v", err)
	}
}
