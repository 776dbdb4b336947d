package charts_test

import (
	"os"
	"path/filepath"
	"testing"

	"sigs.k8s.io/yaml"
)

// The program's own values, and what it adds for an encryption: what a chart's template refuses shows only when it is
// rendered.
func TestCiliumsChartTakesEachEncryption(t *testing.T) {
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "components", "starbase", "cilium", "values.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	archive := packaged(t, "cilium", "1.2.3")
	for kind, setting := range map[string]string{"wireguard": "enable-wireguard", "ztunnel": "enable-ztunnel"} {
		var values map[string]any
		if err := yaml.Unmarshal(content, &values); err != nil {
			t.Fatal(err)
		}
		values["encryption"] = map[string]any{"enabled": true, "type": kind}
		found := ""
		for _, object := range rendered(t, archive, values) {
			if object.GetKind() == "ConfigMap" && object.GetName() == "cilium-config" {
				data, _ := object.Object["data"].(map[string]any)
				found, _ = data[setting].(string)
			}
		}
		if found != "true" {
			t.Errorf("%s: %s is %q in cilium-config", kind, setting, found)
		}
	}
}
