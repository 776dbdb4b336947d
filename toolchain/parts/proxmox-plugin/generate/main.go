// Generate writes schema.json and bridge-metadata.json, which the plugin embeds: it is built and run before the plugin is.
package main

import (
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfgen"
	"starbase.example/toolchain/parts/proxmox-plugin/bridge"
)

// version is the published plugin's release, set by the linker (-X main.version=…): the one place that knows it is go.mod.
var version string

func main() { tfgen.MainWithMuxer(bridge.Name, bridge.Provider(version, nil)) }
