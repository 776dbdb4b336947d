package pulumi

import (
	"os"
	"path/filepath"
	"testing"
)

func TestACopyOfTheStackFileKeepsItsSaltAndFollowsTheOriginal(t *testing.T) {
	e := someEngine(t)
	write := func(path, content string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	original := filepath.Join(e.Root, "Pulumi.lab.yaml")
	write(original, "config:\n  starbase:zone: new.example")
	write(e.stackFile(), "encryptionsalt: v1:abc=\nconfig:\n  starbase:zone: old.example\n")
	if err := e.copyStackFile(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(e.stackFile())
	if want := "config:\n  starbase:zone: new.example\nencryptionsalt: v1:abc=\n"; err != nil || string(got) != want {
		t.Fatalf("got %q, %v; want %q", got, err, want)
	}
	untouched, err := os.ReadFile(original)
	if err != nil || string(untouched) != "config:\n  starbase:zone: new.example" {
		t.Fatalf("the person's file became %q, %v", untouched, err)
	}
}

func TestAnUnknownStackIsAnsweredWithTheStackFilesThatThereAre(t *testing.T) {
	e := someEngine(t)
	e.Stack = "lap"
	for _, name := range []string{"Pulumi.yaml", "Pulumi.idp.yaml", "Pulumi.lab.yaml"} {
		if err := os.WriteFile(filepath.Join(e.Root, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := e.copyStackFile()
	want := `there is no stack "lap": ` + e.Root + " has no Pulumi.lap.yaml. Stack files there: Pulumi.idp.yaml, Pulumi.lab.yaml"
	if err == nil || err.Error() != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}
