package trust_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"starbase.example/virtual/internal/outside/trust"
)

func opened(t *testing.T, folder string) *trust.Authority {
	t.Helper()
	authority, err := trust.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return authority
}

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestALabKeepsItsAuthority(t *testing.T) {
	folder := t.TempDir()
	first := opened(t, folder)
	certificate, truststore := read(t, first.CertificateFile()), read(t, first.TruststoreFile())
	second := opened(t, folder)
	if read(t, second.CertificateFile()) != certificate || read(t, second.TruststoreFile()) != truststore {
		t.Error("opening it again made another one")
	}
}

func TestTwoLabsDoNotShareAnAuthority(t *testing.T) {
	if read(t, opened(t, t.TempDir()).CertificateFile()) == read(t, opened(t, t.TempDir()).CertificateFile()) {
		t.Error("both have the same certificate")
	}
}

func TestAnUnfinishedAuthorityIsMadeAnew(t *testing.T) {
	folder := t.TempDir()
	authority := opened(t, folder)
	if err := os.Remove(authority.CertificateFile()); err != nil {
		t.Fatal(err)
	}
	opened(t, folder)
}

func TestABrokenAuthorityIsNamedWithWhatToDo(t *testing.T) {
	folder := t.TempDir()
	authority := opened(t, folder)
	if err := os.WriteFile(authority.CertificateFile(), []byte("nonsense"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := trust.Open(folder)
	if err == nil || !strings.Contains(err.Error(), folder) || !strings.Contains(err.Error(), "delete that folder") {
		t.Errorf("the error is %v", err)
	}
}

func TestNobodyElseReadsTheKey(t *testing.T) {
	folder := t.TempDir()
	opened(t, folder)
	info, err := os.Stat(filepath.Join(folder, "ca-key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
}
