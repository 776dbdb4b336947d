package pulumi

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"starbase.example/virtual/internal/settings"
)

// TestAKilledRunsLockAndPendingOperationsAreCleared uses the real engine: STARBASE_BIN names the folder it is in.
func TestAKilledRunsLockAndPendingOperationsAreCleared(t *testing.T) {
	bin := os.Getenv("STARBASE_BIN")
	if bin == "" {
		t.Fatal("STARBASE_BIN is not set: it names the folder of the built programs, and ./lab test sets it")
	}
	e := Engine{settings.Settings{Root: t.TempDir(), Stack: "lab", Folder: t.TempDir(), Bin: bin}}
	for path, content := range map[string]string{"Pulumi.yaml": "name: starbase\nruntime: java\n", "Pulumi.lab.yaml": "config: {}\n"} {
		if err := os.WriteFile(filepath.Join(e.Root, path), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.folders(); err != nil {
		t.Fatal(err)
	}
	if err := e.programs(); err != nil {
		t.Fatal(err)
	}
	if err := e.passphrase(); err != nil {
		t.Fatal(err)
	}
	if err := e.prepareStack(); err != nil {
		t.Fatal(err)
	}
	lock := e.In("state", ".pulumi", "locks", "organization", "starbase", "lab", "00000000-0000-0000-0000-000000000000.json")
	if err := os.MkdirAll(filepath.Dir(lock), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lock, []byte(`{"pid":1,"username":"root","hostname":"starbase","timestamp":"2026-01-01T00:00:00Z"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	leavePending(t, e)

	state, pending, err := e.unlocked()
	if err != nil {
		t.Fatal(err)
	}
	if len(pending) != 1 || pending[0].Type != "creating" {
		t.Fatalf("pending: %+v", pending)
	}
	if _, err := os.Stat(lock); !os.IsNotExist(err) {
		t.Fatalf("the lock is still there: %v", err)
	}
	if err := e.forget(state, pending); err != nil {
		t.Fatal(err)
	}
	if _, pending, err = e.unlocked(); err != nil || len(pending) != 0 {
		t.Fatalf("pending after the repair: %+v, %v", pending, err)
	}
}

// leavePending writes into the backend what a killed engine leaves there.
func leavePending(t *testing.T, e Engine) {
	t.Helper()
	path := e.In("state", ".pulumi", "stacks", "starbase", "lab.json")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	file["checkpoint"].(map[string]any)["latest"] = map[string]any{
		"manifest": map[string]any{"time": "2026-01-01T00:00:00Z", "magic": "", "version": ""},
		"pending_operations": []any{map[string]any{"type": "creating", "resource": map[string]any{
			"urn": "urn:pulumi:lab::starbase::a:b:C::cut-off", "custom": true, "type": "a:b:C"}}},
	}
	if content, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
