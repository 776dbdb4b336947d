// pulumi-resource-kubernetes is the published Kubernetes plugin, built from its provider module.
//
// The module's own main embeds copies of these two files that its release process makes, and that the module lacks; the toolchain lays
// the originals beside this file when it builds it.
package main

import (
	_ "embed"
	"strings"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
)

// version is the release, "v4.25.0", set by the linker (-X main.version=…): the one place that knows it is go.mod.
var version string

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var mapping []byte

func main() {
	// The engine compares plugin versions, which have no "v" in front.
	provider.Serve("kubernetes", strings.TrimPrefix(version, "v"), schema, mapping)
}
