package outside_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"starbase.example/virtual/internal/outside"
)

// version is the pin of a part.
func version(t *testing.T, part string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(modules(t), "versions.json"))
	if err != nil {
		t.Fatal(err)
	}
	var versions map[string]string
	if err := json.Unmarshal(content, &versions); err != nil {
		t.Fatal(err)
	}
	return versions[part]
}

func TestARepositoryOffersThePinnedChartWithItsDigest(t *testing.T) {
	for part, repository := range map[string]string{"cilium": "https://helm.cilium.io", "cert-manager": "https://charts.jetstack.io"} {
		t.Run(part, func(t *testing.T) {
			world := served(t)
			status, body := get(t, world, repository+"/index.yaml")
			if status != http.StatusOK {
				t.Fatalf("index.yaml: %d %s", status, body)
			}
			var index struct {
				APIVersion string
				Entries    map[string][]struct {
					Version, Digest string
					URLs            []string
				}
			}
			if err := yaml.Unmarshal(body, &index); err != nil {
				t.Fatal(err)
			}
			chart := index.Entries[part][0]
			if chart.Version != version(t, part) {
				t.Errorf("version %s, pinned is %s", chart.Version, version(t, part))
			}
			status, archive := get(t, world, repository+"/"+chart.URLs[0])
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", chart.URLs[0], status, archive)
			}
			if digest := fmt.Sprintf("%x", sha256.Sum256(archive)); digest != chart.Digest {
				t.Errorf("the archive's digest is %s, the index says %s", digest, chart.Digest)
			}
		})
	}
}

func TestTheGatewayAPIsDefinitionsAreThePinnedOnes(t *testing.T) {
	const file = "gateway.networking.k8s.io_gateways.yaml"
	want, err := os.ReadFile(filepath.Join(modules(t), "gateway-api/config/crd/standard", file))
	if err != nil {
		t.Fatal(err)
	}
	status, body := get(t, served(t), definitions(version(t, "gateway-api"))+file)
	if status != http.StatusOK || !bytes.Equal(body, want) {
		t.Errorf("%d, %d bytes; the module's file has %d", status, len(body), len(want))
	}
}

func TestAVersionThatAPullRequestRaisesIsThereBesideThePinnedOne(t *testing.T) {
	const next, file = "v9.8.7", "gateway.networking.k8s.io_gateways.yaml"
	raised := t.TempDir()
	if err := os.CopyFS(raised, os.DirFS(modules(t))); err != nil {
		t.Fatal(err)
	}
	// Cilium's stays as it is.
	pins := fmt.Sprintf(`{"cilium": %q, "cert-manager": %q, "gateway-api": %q}`, version(t, "cilium"), next, next)
	if err := os.WriteFile(filepath.Join(raised, "versions.json"), []byte(pins), 0o644); err != nil {
		t.Fatal(err)
	}
	world := served(t, raised)
	for _, url := range []string{
		definitions(next) + file, definitions(version(t, "gateway-api")) + file,
		"https://charts.jetstack.io/charts/cert-manager-" + next + ".tgz",
		"https://charts.jetstack.io/charts/cert-manager-" + version(t, "cert-manager") + ".tgz",
	} {
		if status, body := get(t, world, url); status != http.StatusOK {
			t.Errorf("%s: %d %s", url, status, body)
		}
	}
	for repository, want := range map[string]int{"https://charts.jetstack.io": 2, "https://helm.cilium.io": 1} {
		_, index := get(t, world, repository+"/index.yaml")
		if got := strings.Count(string(index), "digest:"); got != want {
			t.Errorf("%s offers %d versions, want %d:\n%s", repository, got, want, index)
		}
	}
}

func definitions(version string) string {
	return "https://raw.githubusercontent.com/kubernetes-sigs/gateway-api/" + version + "/config/crd/standard/"
}

func TestWhatTheWorldLacksIsSaidAndCounted(t *testing.T) {
	world := served(t)
	asked := []string{
		definitions("v0.0.1") + "gateway.networking.k8s.io_gateways.yaml",
		definitions(version(t, "gateway-api")),
		"https://helm.cilium.io/cilium-0.0.1.tgz",
		"https://example.org/",
		"https://example.org/",
	}
	want := map[string]int{}
	for _, url := range asked {
		status, body := get(t, world, url)
		if text := "The virtual lab's outside world does not have " + url + ":"; status != http.StatusNotFound || !strings.HasPrefix(string(body), text) {
			t.Errorf("%s: %d %s", url, status, body)
		}
		want[strings.TrimPrefix(url, "https://")]++
	}
	get(t, world, "https://helm.cilium.io/index.yaml")
	if got := world.Absent(); !maps.Equal(got, want) {
		t.Errorf("counted %v, want %v", got, want)
	}
}

func TestEachRequestIsInTheAccessLog(t *testing.T) {
	world := served(t)
	get(t, world, "https://helm.cilium.io/index.yaml")
	get(t, world, "https://example.org/nothing")
	log, err := os.ReadFile(world.AccessLog())
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		"status=200 method=GET host=helm.cilium.io path=/index.yaml", "status=404 method=GET host=example.org path=/nothing",
	} {
		if !strings.Contains(string(log), part) {
			t.Errorf("%q is not in the log:\n%s", part, log)
		}
	}
}

func TestAMissingModuleFolderIsNamed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "modules")
	if _, err := outside.Open(t.TempDir(), folder); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("the error is %v", err)
	}
}

func TestAMissingVersionIsNamed(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "versions.json")
	if err := os.WriteFile(file, []byte(`{"cilium": "1.2.3"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := outside.Open(t.TempDir(), folder)
	if want := file + `: no version for "cert-manager"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v, want %s", err, want)
	}
}
