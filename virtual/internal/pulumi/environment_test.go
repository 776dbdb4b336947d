package pulumi

import (
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
	got := e.Environment([]string{"TERM=xterm", "PATH=/usr/bin", "HOME=/home/me", "KUBECONFIG=/home/me/.kube/config", "https_proxy=http://proxy",
		"HTTP_PROXY=http://proxy", "PULUMI_ACCESS_TOKEN=mine", "HELM_REPOSITORY_CONFIG=mine", "XDG_CACHE_HOME=/mine",
		"PROXMOX_VE_API_TOKEN=wanted", "JAVA_TOOL_OPTIONS=-Dmine"})
	for _, variable := range got {
		if strings.Contains(variable, "mine") || strings.Contains(variable, "proxy") || strings.Contains(variable, "/home/me") {
			t.Errorf("%s came through", variable)
		}
	}
	for _, want := range []string{"TERM=xterm", "PROXMOX_VE_API_TOKEN=wanted", "PATH=" + e.Folder + "/bin:/usr/bin",
		"HOME=" + e.Folder + "/home", "KUBECONFIG=" + e.Folder + "/kubeconfig", "PULUMI_BACKEND_URL=file://" + e.Folder + "/state"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is missing in %q", want, got)
		}
	}
}

func TestJavasOptionsOfTheOutsideWorldAreKeptAndOursAdded(t *testing.T) {
	e := Engine{settings.Settings{Folder: "/labs/my lab"}}
	got := e.WithJava([]string{"SSL_CERT_FILE=/ca.pem", "JDK_JAVA_OPTIONS=-Dtrust=1"})
	want := []string{"SSL_CERT_FILE=/ca.pem",
		`JDK_JAVA_OPTIONS=-Dtrust=1 "-XX:TieredStopAtLevel=1" "-XX:+UseSerialGC" "-XX:-UsePerfData" "-Djava.io.tmpdir=/labs/my lab/tmp"`}
	if !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
}
