package factory

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// guestAgent is the schematic of Talos' own documentation, and its id there.
const (
	guestAgent   = "customization:\n    systemExtensions:\n        officialExtensions:\n            - siderolabs/qemu-guest-agent\n"
	guestAgentID = "ce4c980550dd2ab1b17bbf2b08801c7eb59418eafe8f279833297925d67c7515"
)

func opened(t *testing.T, folder string) *Factory {
	t.Helper()
	f, err := Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func ask(f *Factory, method, path, body string) (int, string) {
	answer := httptest.NewRecorder()
	f.ServeHTTP(answer, httptest.NewRequest(method, "https://"+Host+path, strings.NewReader(body)))
	return answer.Code, answer.Body.String()
}

// fetched asks as a client that follows redirects.
func fetched(f *Factory, path string) (int, string) {
	answer := httptest.NewRecorder()
	f.ServeHTTP(answer, httptest.NewRequest("GET", "https://"+Host+path, nil))
	if answer.Code != http.StatusFound {
		return answer.Code, answer.Body.String()
	}
	bytes := httptest.NewRecorder()
	f.ServeHTTP(bytes, httptest.NewRequest("GET", answer.Header().Get("Location"), nil))
	return bytes.Code, bytes.Body.String()
}

func TestAGetIsRedirectedToTheStorageAndAHeadIsNot(t *testing.T) {
	f, path := opened(t, t.TempDir()), "/image/"+Vanilla+"/v1.13.0/"+DiskImage
	answer := httptest.NewRecorder()
	f.ServeHTTP(answer, httptest.NewRequest("GET", "https://"+Host+path, nil))
	if location := answer.Header().Get("Location"); answer.Code != http.StatusFound || location != "https://"+Storage+path {
		t.Errorf("GET: %d %s", answer.Code, location)
	}
	if status, _ := ask(f, "HEAD", path, ""); status != http.StatusOK {
		t.Errorf("HEAD: %d", status)
	}
}

func TestASchematicGetsTheIDOfTheRealFactory(t *testing.T) {
	status, body := ask(opened(t, t.TempDir()), "POST", "/schematics", guestAgent)
	if status != http.StatusCreated || strings.TrimSpace(body) != `{"id":"`+guestAgentID+`"}` {
		t.Errorf("%d %s", status, body)
	}
}

func TestOtherSpellingsOfASchematicAreTheSame(t *testing.T) {
	status, body := ask(opened(t, t.TempDir()), "POST", "/schematics",
		"{customization: {systemExtensions: {officialExtensions: [siderolabs/qemu-guest-agent]}}}")
	if status != http.StatusCreated || !strings.Contains(body, guestAgentID) {
		t.Errorf("%d %s", status, body)
	}
}

func TestAnUnknownKeyOfASchematicIsRefusedByName(t *testing.T) {
	status, body := ask(opened(t, t.TempDir()), "POST", "/schematics", "customisation: {}\n")
	if status != http.StatusBadRequest || !strings.Contains(body, "customisation") {
		t.Errorf("%d %s", status, body)
	}
}

func TestAnImageIsThereOncePostedAlsoAfterARestart(t *testing.T) {
	folder, path := t.TempDir(), "/image/"+guestAgentID+"/v1.13.0/"+DiskImage
	f := opened(t, folder)
	if status, body := ask(f, "GET", path, ""); status != http.StatusNotFound || !strings.Contains(body, "not found") {
		t.Fatalf("before: %d %s", status, body)
	}
	ask(f, "POST", "/schematics", guestAgent)
	f = opened(t, folder)
	status, first := fetched(f, path)
	if status != http.StatusOK || !strings.HasPrefix(first, "QFI\xfb") {
		t.Fatalf("after: %d", status)
	}
	if _, second := fetched(f, path); sha256.Sum256([]byte(first)) != sha256.Sum256([]byte(second)) {
		t.Error("the image changes by itself")
	}
	if _, other := fetched(f, "/image/"+guestAgentID+"/v1.13.1/"+DiskImage); first == other {
		t.Error("two versions are the same image")
	}
	if got := f.Extensions(guestAgentID); !slices.Equal(got, []string{"siderolabs/qemu-guest-agent"}) {
		t.Errorf("extensions %v", got)
	}
}

func TestTheVanillaSchematicIsKnownFromTheBeginning(t *testing.T) {
	sum := sha256.Sum256([]byte("customization: {}\n"))
	if id := hex.EncodeToString(sum[:]); id != Vanilla || (Schematic{}).ID() != Vanilla {
		t.Errorf("the vanilla schematic's id is %s or %s, not %s", id, Schematic{}.ID(), Vanilla)
	}
	if status, _ := fetched(opened(t, t.TempDir()), "/image/"+Vanilla+"/v1.13.0/"+DiskImage); status != http.StatusOK {
		t.Errorf("status %d", status)
	}
}

func TestOnlyDiskImagesOfReleasesAreThere(t *testing.T) {
	f := opened(t, t.TempDir())
	for _, path := range []string{"/image/" + Vanilla + "/v1.13.0/metal-amd64.iso", "/image/" + Vanilla + "/latest/" + DiskImage, "/versions"} {
		if status, _ := ask(f, "GET", path, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

func TestAnInstallerIsThereForEachSchematicAndRelease(t *testing.T) {
	f := opened(t, t.TempDir())
	for path, want := range map[string]int{
		"/v2/nocloud-installer/" + Vanilla + "/manifests/v1.13.9":      http.StatusOK,
		"/v2/nocloud-installer/" + Vanilla + "/manifests/latest":       http.StatusNotFound,
		"/v2/nocloud-installer/" + guestAgentID + "/manifests/v1.13.9": http.StatusNotFound,
		"/v2/nocloud-uninstaller/" + Vanilla + "/manifests/v1.13.9":    http.StatusNotFound,
	} {
		if status, _ := ask(f, "HEAD", path, ""); status != want {
			t.Errorf("%s: %d, not %d", path, status, want)
		}
	}
}
