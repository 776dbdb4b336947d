package lab

import (
	"crypto/rand"
	"errors"
	"os"
)

// tokenID is the Proxmox token that the program uses in the lab.
const tokenID = "starbase@pve!lab"

// secretIn reads the token's secret from a file, and makes it the first time.
func secretIn(path string) (string, error) {
	content, err := os.ReadFile(path)
	if !errors.Is(err, os.ErrNotExist) {
		return string(content), err
	}
	fresh := rand.Text()
	return fresh, os.WriteFile(path, []byte(fresh), 0o600)
}
