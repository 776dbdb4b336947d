package pulumi

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
)

// The variables by which a person gives the passphrase of a stack:
// https://www.pulumi.com/docs/iac/cli/environment-variables/
const (
	passphraseVariable     = "PULUMI_CONFIG_PASSPHRASE"
	passphraseFileVariable = "PULUMI_CONFIG_PASSPHRASE_FILE"
)

// secured finds a value that is encrypted; "v1:" begins what a passphrase encrypts.
var secured = regexp.MustCompile(`\bsecure:\s*["']?v1:`)

// encryption finds the lines by which the engine knows how a stack's secrets are encrypted. `pulumi stack init` writes them.
var encryption = regexp.MustCompile(`(?m)^(encryptionsalt|encryptedkey|secretsprovider):.*\n?`)

// withSalt returns the original with its salt replaced by that of the earlier copy, which decrypts the secrets in the state.
// An original that holds secrets keeps its own salt, which decrypts them.
func withSalt(original, earlier []byte) []byte {
	if neededSalt(original) != nil {
		return original
	}
	own := encryption.ReplaceAll(original, nil)
	if salt(earlier) == nil {
		return own
	}
	if len(own) > 0 && !bytes.HasSuffix(own, []byte("\n")) {
		own = append(own, '\n')
	}
	return append(own, append(salt(earlier), '\n')...)
}

// neededSalt is the salt of a stack file that holds secrets, else nil.
func neededSalt(file []byte) []byte {
	if !secured.Match(file) {
		return nil
	}
	return salt(file)
}

func salt(file []byte) []byte {
	for _, line := range bytes.Split(file, []byte("\n")) {
		if bytes.HasPrefix(line, []byte("encryptionsalt:")) {
			return bytes.Clone(line)
		}
	}
	return nil
}

// passphrase creates the passphrase that encrypts the secrets in the state: once per lab, in the lab's own folder.
func (e Engine) passphrase() error {
	f, err := os.OpenFile(e.In("passphrase"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, rand.Text())
	return err
}

// AdoptPassphrase makes the passphrase of the person's own stack the lab's when the stack file holds secrets of that stack:
// the engine reads file and state with one passphrase. It is an error if the person does not give it, or if the lab has a
// state that another one encrypts.
func (e Engine) AdoptPassphrase() error {
	original, err := e.original()
	if err != nil {
		return nil // the verb says so if it needs the file
	}
	earlier, err := os.ReadFile(e.stackFile())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	theirs := neededSalt(original)
	if theirs == nil || bytes.Equal(theirs, salt(earlier)) {
		return nil
	}
	// `./lab pulumi config set --secret` encrypts with the lab's passphrase, and writes a salt into a file that has none.
	if ours, err := phraseIn(e.In("passphrase")); err == nil && opens(ours, theirs) {
		return nil
	}
	phrase, err := givenPassphrase()
	if err != nil {
		return err
	}
	if phrase == "" {
		return fmt.Errorf("%s holds secrets (secure: …) that only the passphrase of its stack opens: set %s or %s",
			e.stackFileName(), passphraseVariable, passphraseFileVariable)
	}
	if earlier != nil {
		return fmt.Errorf("%s holds secrets of another stack than this lab's, whose state has a passphrase of its own: "+
			"end the lab (./lab down) and start it with the file as it is", e.stackFileName())
	}
	if err := e.folders(); err != nil {
		return err
	}
	return os.WriteFile(e.In("passphrase"), []byte(phrase+"\n"), 0o600)
}

func givenPassphrase() (string, error) {
	if phrase := os.Getenv(passphraseVariable); phrase != "" {
		return phrase, nil
	}
	file := os.Getenv(passphraseFileVariable)
	if file == "" {
		return "", nil
	}
	phrase, err := phraseIn(file)
	if err != nil {
		return "", fmt.Errorf("%s: %w", passphraseFileVariable, err)
	}
	return phrase, nil
}

// phraseIn reads a passphrase from a file.
func phraseIn(file string) (string, error) {
	content, err := os.ReadFile(file)
	return strings.TrimRight(string(content), "\r\n"), err
}
