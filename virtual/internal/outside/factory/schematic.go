package factory

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"go.yaml.in/yaml/v3"
)

// Schematic says what an image is made of besides Talos. Fields and their order are the factory's: the id is the digest of
// this text. Source: siderolabs/image-factory v0.9.0, pkg/schematic.
type Schematic struct {
	Customization struct {
		ExtraKernelArgs  []string `yaml:"extraKernelArgs,omitempty"`
		SystemExtensions struct {
			OfficialExtensions []string `yaml:"officialExtensions,omitempty"`
		} `yaml:"systemExtensions,omitempty"`
	} `yaml:"customization"`
}

func parse(text []byte) (s Schematic, err error) {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	return s, decoder.Decode(&s)
}

func (s Schematic) text() []byte {
	text, err := yaml.Marshal(s)
	if err != nil {
		panic(err) // texts and lists of texts
	}
	return text
}

// ID is the name that the factory gives a schematic: the SHA-256 of its canonical text.
func (s Schematic) ID() string {
	sum := sha256.Sum256(s.text())
	return hex.EncodeToString(sum[:])
}
