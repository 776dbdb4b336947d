// pulumi-resource-proxmoxve is the Proxmox plugin with the resources that the lab uses, bridged from upstream's provider.
package main

import (
	"context"
	_ "embed"

	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"starbase.example/toolchain/parts/proxmox-plugin/bridge"
)

// version is the published plugin's release, set by the linker (-X main.version=…): the one place that knows it is go.mod.
var version string

//go:embed schema.json
var schema []byte

//go:embed bridge-metadata.json
var metadata []byte

func main() {
	tfbridge.MainWithMuxer(context.Background(), bridge.Name, bridge.Provider(version, metadata), schema)
}
