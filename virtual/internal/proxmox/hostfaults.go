package proxmox

// hostFaults are presets of hosts that are not as they should be. The program looks for them before it makes anything.
var hostFaults = []Preset{
	{
		Name: "host-down", Description: "a host has no power (host): its machines are off, and nobody answers for it, until cleared",
		Seen:    "life",
		Outcome: Outcome{Up: "succeeds", Next: "the same: what is on the host stays as it is. Machines that are to be made there are an error"},
		faults:  []Fault{{Do: Down}},
	},
	{
		Name: "pve-8.4", Description: "the hosts run Proxmox VE 8.4: no VM.GuestAgent privileges, agents want VM.Monitor",
		Seen: "the oldest release that README names", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Old, Reason: "8.4.14"}},
	},
	{
		Name: "pve-8.2", Description: "the hosts run Proxmox VE 8.2, which can't import an image by its API",
		Seen: "bpg#1787", Outcome: Outcome{Up: "fails", Says: "Proxmox VE 8.2.7", Next: "makes what is missing, once they are upgraded"},
		faults: []Fault{{Do: Old, Reason: "8.2.7"}},
	},
	{
		Name: "clock-skew", Description: "a host's clock is seven minutes ahead (host, seconds)",
		Seen: "life", Outcome: Outcome{Up: "succeeds", Next: "plans nothing; it is a warning"},
		faults: []Fault{{Do: Ahead, Seconds: 420}},
	},
	{
		Name: "no-import", Description: "no storage takes images to import, as on hosts that were installed before 8.4",
		Seen: "bpg#1787", Outcome: Outcome{Up: "fails", Says: "pvesm set local --content", Next: "makes what is missing, once a storage takes them"},
		faults: []Fault{{Do: Without, Reason: "import"}},
	},
	{
		Name: "no-privilege", Description: "the token lacks a privilege (privilege)",
		Seen: "bpg#2436", Outcome: Outcome{Up: "fails", Says: "lacks privileges: VM.Migrate", Next: "makes what is missing, once the token may"},
		faults: []Fault{{Do: Without, Reason: "VM.Migrate"}},
	},
}
