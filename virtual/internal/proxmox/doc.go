// Package proxmox simulates the API of a Proxmox VE cluster: enough of it that the real provider makes, reads, changes
// and destroys machines, with the answers that Proxmox itself gives when something is wrong.
//
//	State     nodes, storages, volumes, machines, pools, tokens, tasks: one struct, kept in a JSON file
//	API       /api2/json: a table of endpoints (endpoints.go); each states its parameters, as Proxmox's schema does
//	tasks     work that goes on after the reply, on a clock that can run faster than the day's
//	Guest     what the machines' power switches are wired to: the simulated Talos nodes
//	faults    named presets (presets.go): what fails, how often, and what a provider is expected to make of it
//	control   another handler, for tests and people: state, faults, clock, events
//
// What the provider asks was read in bpg/terraform-provider-proxmox 0.111.1; how Proxmox answers comes from its
// documentation, from issues that quote it, and from go-proxmox's recorded replies. Nothing here was compared with a
// running Proxmox: where a text is a guess, its comment says "approximate".
//
// An endpoint that is not here answers 501 and is counted; a parameter that is not in the endpoint's list is refused.
// So a test that ends with a count of zero has seen every request that its client makes.
package proxmox
