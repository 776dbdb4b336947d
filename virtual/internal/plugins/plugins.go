// Package plugins lists the engine's plugins.
package plugins

// Plugin is a plugin of the engine.
type Plugin struct {
	// Name is what the engine calls it.
	Name string
	// Organization is whose repository on GitHub publishes it.
	Organization string
	// Part is what is built for it.
	Part string
}

// All are the plugins that the program needs.
var All = []Plugin{
	{"proxmoxve", "muhlba91", "proxmox-plugin"},
	{"command", "pulumi", "command-plugin"},
	{"kubernetes", "pulumi", "kubernetes-plugin"},
}

// Program is the name of its program.
func (p Plugin) Program() string { return "pulumi-resource-" + p.Name }

// Repository is where it is published.
func (p Plugin) Repository() string { return p.Organization + "/pulumi-" + p.Name }
