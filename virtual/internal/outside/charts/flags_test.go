package charts_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/yaml"
)

func TestTheBuiltCertManagerKnowsTheFlagsThatTheChartRendersByDefault(t *testing.T) {
	known(t, containers(t, rendered(t, packaged(t, "cert-manager", "v1.2.3"), nil)))
}

func TestTheBuiltCertManagerKnowsEachFlagOfTheChartsTemplates(t *testing.T) {
	content, err := os.ReadFile("testdata/every-flag.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var values map[string]any
	if err := yaml.Unmarshal(content, &values); err != nil {
		t.Fatal(err)
	}
	archive := packaged(t, "cert-manager", "v1.2.3")
	all := containers(t, rendered(t, archive, values))
	known(t, all)

	seen := map[string]bool{}
	for _, container := range all {
		for _, argument := range container.Args {
			flag, _, _ := strings.Cut(argument, "=")
			seen[flag] = true
		}
	}
	chart, err := loader.LoadArchive(bytes.NewReader(archive.Content))
	if err != nil {
		t.Fatal(err)
	}
	for _, template := range chart.Templates {
		for _, match := range regexp.MustCompile(`(?m)^\s*- (--[a-z0-9-]+)`).FindAllStringSubmatch(string(template.Data), -1) {
			if !seen[match[1]] {
				t.Errorf("%s can render %s, and testdata/every-flag.yaml does not make it", template.Name, match[1])
			}
		}
	}
}

// containers are those of all Deployments and Jobs, of which the chart has four.
func containers(t *testing.T, objects []unstructured.Unstructured) []corev1.Container {
	t.Helper()
	var found []corev1.Container
	for _, object := range objects {
		if kind := object.GetKind(); kind != "Deployment" && kind != "Job" {
			continue
		}
		content, _, err := unstructured.NestedMap(object.Object, "spec", "template", "spec")
		if err != nil {
			t.Fatal(err)
		}
		var pod corev1.PodSpec
		if err := runtime.DefaultUnstructuredConverter.FromUnstructured(content, &pod); err != nil {
			t.Fatal(err)
		}
		found = append(found, pod.Containers...)
	}
	if len(found) != 4 {
		t.Fatalf("%d containers, want the controller, the webhook, the cainjector and the startupapicheck", len(found))
	}
	return found
}

// known gives each container's arguments to the built program. The --help behind them makes it end after it has read them.
func known(t *testing.T, all []corev1.Container) {
	t.Helper()
	folder := os.Getenv("STARBASE_BIN")
	if folder == "" {
		t.Fatal("STARBASE_BIN has to name the folder with the built parts; ./lab test sets it")
	}
	for _, container := range all {
		image, _, _ := strings.Cut(container.Image, ":")
		component := strings.TrimPrefix(filepath.Base(image), "cert-manager-")
		arguments := append(append([]string{component}, container.Args...), "--help")
		if output, err := exec.Command(filepath.Join(folder, "cert-manager"), arguments...).CombinedOutput(); err != nil {
			t.Errorf("cert-manager %s: %v\n%s", strings.Join(arguments, " "), err, output)
		}
	}
}
