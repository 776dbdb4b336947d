// Package bridge says which of the Proxmox provider's resources the plugin serves, and under which names.
//
// The names are those of the published plugin (https://github.com/muhlba91/pulumi-proxmoxve, 8.x), so that a person with
// hardware gets that one and no program changes: of its some hundred resources these are the ones that the lab uses.
package bridge

import (
	"context"

	"github.com/bpg/terraform-provider-proxmox/fwprovider"
	"github.com/bpg/terraform-provider-proxmox/proxmoxtf/provider"
	muxed "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	sdkv2 "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim/sdk-v2"
)

// Name is the package of all tokens, and the plugin's name.
const Name = "proxmoxve"

// served are the resources: upstream's name, and the published plugin's. That plugin adds "Legacy" to what upstream still
// calls proxmox_virtual_environment_…; the virtual machine of that name is the one that upstream keeps until its 1.0.
var served = map[string]*tfbridge.ResourceInfo{
	"proxmox_virtual_environment_vm": {Tok: tfbridge.MakeResource(Name, "index", "VmLegacy")},
	"proxmox_download_file":          {Tok: tfbridge.MakeResource(Name, "download", "File")},
}

// Provider describes the plugin to the bridge. Metadata is what generation wrote: which of upstream's two provider
// generations serves which resource. Generation itself begins without any.
func Provider(version string, metadata []byte) tfbridge.ProviderInfo {
	upstream := muxed.MuxShimWithPF(context.Background(),
		sdkv2.NewProvider(provider.ProxmoxVirtualEnvironment()), fwprovider.New(version)())
	return tfbridge.ProviderInfo{
		P:              upstream,
		Name:           "proxmox",
		ResourcePrefix: Name,
		Version:        version,
		GitHubOrg:      "bpg",
		Repository:     "https://github.com/muhlba91/pulumi-proxmoxve",
		License:        "Apache-2.0",
		// Where the engine finds the published plugin: its publisher is not Pulumi.
		PluginDownloadURL: "github://api.github.com/muhlba91/pulumi-proxmoxve",
		Java:              &tfbridge.JavaInfo{BasePackage: "io.muehlbachler.pulumi"},
		Resources:         served,
		IgnoreMappings:    unserved(upstream),
		MetadataInfo:      tfbridge.NewProviderMetadata(metadata),
	}
}

// unserved are all other resources and data sources of upstream.
func unserved(upstream shim.Provider) []string {
	var names []string
	upstream.ResourcesMap().Range(func(name string, _ shim.Resource) bool {
		if _, ok := served[name]; !ok {
			names = append(names, name)
		}
		return true
	})
	upstream.DataSourcesMap().Range(func(name string, _ shim.Resource) bool {
		names = append(names, name)
		return true
	})
	return names
}
