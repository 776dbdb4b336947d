package pulumi

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
)

// What Pulumi makes of a passphrase, and the text that a stack's salt has encrypted (its pkg/secrets/passphrase).
const (
	iterations = 1_000_000
	keyBytes   = 32
	known      = "pulumi"
)

// opens says whether a passphrase is that of a stack, by the stack's line `encryptionsalt: v1:SALT:v1:NONCE:CIPHERTEXT`.
func opens(phrase string, line []byte) bool {
	_, value, _ := bytes.Cut(line, []byte(":"))
	parts := bytes.Split(bytes.Trim(value, " \t\r\"'"), []byte(":"))
	if len(parts) != 5 {
		return false
	}
	var decoded [3][]byte
	for i, part := range [][]byte{parts[1], parts[3], parts[4]} {
		content, err := base64.StdEncoding.DecodeString(string(part))
		if err != nil {
			return false
		}
		decoded[i] = content
	}
	key, err := pbkdf2.Key(sha256.New, phrase, decoded[0], iterations, keyBytes)
	if err != nil {
		return false
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return false
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil || len(decoded[1]) != gcm.NonceSize() {
		return false
	}
	text, err := gcm.Open(nil, decoded[1], decoded[2], nil)
	return err == nil && string(text) == known
}
