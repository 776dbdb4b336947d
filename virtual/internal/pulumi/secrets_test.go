package pulumi

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const theirSecret = "config:\n  starbase:apps:\n    key: {secure: v1:abc:def}\nencryptionsalt: v1:theirs\n"

func TestTheSaltOfThePersonsStackIsNotTheLabs(t *testing.T) {
	file := "config: {}\nencryptionsalt: v1:theirs\n"
	for earlier, want := range map[string]string{
		"":                          "config: {}\n",
		"encryptionsalt: v1:ours\n": "config: {}\nencryptionsalt: v1:ours\n",
	} {
		if got := withSalt([]byte(file), []byte(earlier)); string(got) != want {
			t.Errorf("after %q: got %q, want %q", earlier, got, want)
		}
	}
}

func TestAnotherWayToEncryptThePersonsStackIsNotTheLabs(t *testing.T) {
	got := withSalt([]byte("secretsprovider: awskms://key\nencryptedkey: abc\nconfig: {}\n"), []byte("encryptionsalt: v1:ours\n"))
	if want := "config: {}\nencryptionsalt: v1:ours\n"; string(got) != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestAFileThatHoldsSecretsKeepsTheSaltThatOpensThem(t *testing.T) {
	if got := withSalt([]byte(theirSecret), []byte("encryptionsalt: v1:ours\n")); string(got) != theirSecret {
		t.Fatalf("got %q", got)
	}
}

// secretStack is an engine whose stack file holds a secret.
func secretStack(t *testing.T) Engine {
	t.Helper()
	e := someEngine(t)
	t.Setenv(passphraseVariable, "")
	t.Setenv(passphraseFileVariable, "")
	if err := os.WriteFile(filepath.Join(e.Root, e.stackFileName()), []byte(theirSecret), 0o600); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestSecretsInTheStackFileAskForThePassphraseOfItsStack(t *testing.T) {
	e := secretStack(t)
	if err := e.AdoptPassphrase(); err == nil || !strings.Contains(err.Error(), e.stackFileName()+" holds secrets") ||
		!strings.Contains(err.Error(), "set "+passphraseVariable+" or ") {
		t.Fatalf("got %v", err)
	}
}

func TestTheLabTakesThePassphraseThatOpensTheStackFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(file, []byte("open sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for variable, value := range map[string]string{passphraseVariable: "open sesame", passphraseFileVariable: file} {
		t.Run(variable, func(t *testing.T) {
			e := secretStack(t)
			t.Setenv(variable, value)
			if err := e.AdoptPassphrase(); err != nil {
				t.Fatal(err)
			}
			if err := e.passphrase(); err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(e.In("passphrase")); err != nil || string(got) != "open sesame\n" {
				t.Fatalf("the lab's passphrase is %q (%v)", got, err)
			}
		})
	}
}

func TestALabWithAStateKeepsItsPassphrase(t *testing.T) {
	e := secretStack(t)
	t.Setenv(passphraseVariable, "open sesame")
	if err := os.MkdirAll(filepath.Dir(e.stackFile()), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(e.stackFile(), []byte("encryptionsalt: v1:ours\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := e.AdoptPassphrase(); err == nil || !strings.Contains(err.Error(), "./lab down") {
		t.Fatalf("got %v", err)
	}
	if _, err := os.Stat(e.In("passphrase")); !os.IsNotExist(err) {
		t.Fatalf("a passphrase was written: %v", err)
	}
}

// As `pulumi stack init` wrote it with the passphrase "a sentence".
const saltOfASentence = "encryptionsalt: v1:fgMR3uFg4Lc=:v1:Ibd/jcjKx7W2beJ1:SZRiaHsAf0UfQAfth5sBw0nqEYd1dQ=="

func TestSecretsThatWereSetWithTheLabsPassphraseAskForNoOther(t *testing.T) {
	e := secretStack(t)
	if err := os.MkdirAll(filepath.Dir(e.In("passphrase")), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(e.In("passphrase"), []byte("a sentence\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	file := "config:\n  starbase:key:\n    secure: v1:x\n" + saltOfASentence + "\n"
	if err := os.WriteFile(filepath.Join(e.Root, e.stackFileName()), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := e.AdoptPassphrase(); err != nil {
		t.Fatal(err)
	}
}

func TestAPassphraseOpensItsOwnSaltOnly(t *testing.T) {
	for phrase, want := range map[string]bool{"a sentence": true, "another": false} {
		if got := opens(phrase, []byte(saltOfASentence)); got != want {
			t.Errorf("%q: %v, want %v", phrase, got, want)
		}
	}
	if opens("a sentence", []byte("encryptionsalt: v1:ours")) {
		t.Error("a line that is no salt is opened")
	}
}
