package pulumi

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starbase.example/virtual/internal/settings"
)

func someEngine(t *testing.T) Engine {
	t.Helper()
	return Engine{settings.Settings{Root: t.TempDir(), Stack: "lab", Folder: t.TempDir()}}
}

func TestNothingOfThePersonsOwnPulumiHelmOrKubernetesReachesTheLab(t *testing.T) {
	e := someEngine(t)
	got := e.Environment([]string{"TERM=xterm", "PATH=/usr/bin", "HOME=/home/me", "KUBECONFIG=/home/me/.kube/config",
		"TALOSCONFIG=/home/me/.talos/config", "https_proxy=http://proxy",
		"HTTP_PROXY=http://proxy", "PULUMI_ACCESS_TOKEN=mine", "HELM_REPOSITORY_CONFIG=mine", "XDG_CACHE_HOME=/mine",
		"PROXMOX_VE_API_TOKEN=mine", "JAVA_TOOL_OPTIONS=-Dmine"})
	for _, variable := range got {
		if strings.Contains(variable, "mine") || strings.Contains(variable, "proxy") || strings.Contains(variable, "/home/me") {
			t.Errorf("%s came through", variable)
		}
	}
	for _, want := range []string{"TERM=xterm", "PATH=" + e.Folder + "/bin:/usr/bin",
		"HOME=" + e.Folder + "/home", "KUBECONFIG=" + e.Folder + "/kubeconfig",
		"TALOSCONFIG=" + e.Folder + "/talosconfig", "PULUMI_BACKEND_URL=file://" + e.Folder + "/state"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing in %q", want, got)
		}
	}
}

func TestJavaFindsItsOptionsWithoutSayingSo(t *testing.T) {
	e := someEngine(t)
	if err := e.folders(); err != nil {
		t.Fatal(err)
	}
	real := t.TempDir()
	script := "#!/bin/sh\nprintf '%s\\n' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(real, "java"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", real+":"+os.Getenv("PATH"))
	rest, err := e.Java([]string{"SSL_CERT_FILE=/ca.pem", `JDK_JAVA_OPTIONS="-Dtrust=/my lab/ca"`})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"SSL_CERT_FILE=/ca.pem"}; !slices.Equal(rest, want) {
		t.Errorf("variables: got %q, want %q", rest, want)
	}
	options, err := os.ReadFile(e.In("java.options"))
	if want := "\"-Dtrust=/my lab/ca\" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData \"-Djava.io.tmpdir=" + e.In("tmp") + "\"\n"; err != nil || string(options) != want {
		t.Errorf("options: got %q, %v; want %q", options, err, want)
	}
	out, err := exec.Command(e.In("bin", "java"), "-jar", "a b.jar").Output()
	if want := "@" + e.In("java.options") + "\n-jar\na b.jar\n"; err != nil || string(out) != want {
		t.Errorf("java was called with %q, %v; want %q", out, err, want)
	}
}
