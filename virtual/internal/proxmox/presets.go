package proxmox

import "slices"

// Outcome is what the program makes of a fault, with its provider, its look ahead and its patience.
type Outcome struct {
	// Up is "succeeds" (it waits, retries or takes no notice) or "fails".
	Up string `json:"up"`
	// Says is what the message must contain when Up is "fails".
	Says string `json:"says,omitempty"`
	// Next is what the following up does.
	Next string `json:"next"`
}

// Preset is a fault that can be asked for by name.
type Preset struct {
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Seen        string  `json:"seen"` // where people met it
	Outcome     Outcome `json:"outcome"`

	faults []Fault
	// prepare changes the state, for presets that are a situation and not an event.
	prepare func(c *Cluster, a Ask) error
}

const (
	oneVM      = `nodes/[^/]+/qemu/[0-9]+`
	lockFailed = "can't lock file '/var/lock/qemu-server/lock-{vmid}.conf' - got timeout"
)

// Presets is the table of all faults. The outcomes are those of FaultIT, with provider 0.111.1 against this simulation.
var Presets = slices.Concat(mishaps, hostFaults, situations)

// mishaps are presets that strike at requests, tasks, listings and guests.
var mishaps = []Preset{
	{
		Name: "cannot-lock", Description: "a resize or config change can't get the machine's lock, twice",
		Seen: "bpg#133, bpg#995", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Reply, Method: "PUT", Path: oneVM + "/(config|resize)", Status: 500, Reason: lockFailed, Times: 2}},
	},
	{
		Name: "cannot-lock-start", Description: "the start can't get the machine's lock, once",
		Seen: "Telmate#173", Outcome: Outcome{Up: "fails", Says: "got timeout", Next: "starts the machine"},
		faults: []Fault{{Do: Reply, Method: "POST", Path: oneVM + "/status/start", Status: 500, Reason: lockFailed, Times: 1}},
	},
	{
		Name: "start-task-cannot-lock", Description: "the start task ends with the lock error, once",
		Seen: "bpg#935, bpg#1255", Outcome: Outcome{Up: "fails", Says: "got timeout", Next: "starts the machine"},
		faults: []Fault{{Do: Exit, Task: "qmstart", Reason: lockFailed, Times: 1}},
	},
	{
		Name: "start-task-fails", Description: "QEMU does not start, once",
		Seen:    "facts: case 26",
		Outcome: Outcome{Up: "fails", Says: "KVM virtualisation configured, but not available", Next: "starts the machine"},
		faults:  []Fault{{Do: Exit, Task: "qmstart", Reason: "KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.", Times: 1}},
	},
	{
		Name: "create-task-fails", Description: "the disks can't be made, once; Proxmox removes the machine again",
		Seen:    "bpg#2078",
		Outcome: Outcome{Up: "fails", Says: "lvcreate", Next: "makes the machine"},
		faults:  []Fault{{Do: Exit, Task: "qmcreate", Reason: "unable to create VM {vmid} - lvcreate 'pve/vm-{vmid}-disk-0' error:   Run `lvcreate --help' for more information.", Times: 1}},
	},
	{
		Name: "no-worker", Description: "a worker process can't be started for the creation, once",
		Seen: "bpg#1685, packer#24", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Reply, Method: "POST", Path: `nodes/[^/]+/qemu`, Status: 500, Reason: "got no worker upid - start worker failed", Times: 1}},
	},
	{
		Name: "slow-task", Description: "the start takes ten minutes longer",
		Seen: "bpg#646, bpg#1107", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Slow, Task: "qmstart", Seconds: 600, Times: 1}},
	},
	{
		Name: "start-warns", Description: "the start task ends with a warning",
		Seen: "bpg#1314, bpg#1330", Outcome: Outcome{Up: "succeeds", Next: "plans nothing; Pulumi's bridge does not show the warning"},
		faults: []Fault{{Do: Warn, Task: "qmstart", Reason: "iothread is only valid with virtio disk or virtio-scsi-single controller, ignoring", Times: 1}},
	},
	{
		Name: "stop-warns", Description: "the stop task of a destroy ends with a warning",
		Seen: "0.111.1 vm.go, vmDelete", Outcome: Outcome{Up: "succeeds", Next: "the machine is gone from the state and stays on the host"},
		faults: []Fault{{Do: Warn, Task: "qmstop", Reason: "leftover scope, ignoring", Times: 1}},
	},
	{
		Name: "task-invisible", Description: "a new task is not found for two polls",
		Seen: "0.111.1 tasks.go", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Reply, Method: "GET", Path: `nodes/[^/]+/tasks/[^/]+/status`, Status: 400, Reason: "no such task", Times: 2}},
	},
	{
		Name: "broken-596", Description: "the host that was asked can't reach the one that has the machine, twice",
		Seen: "bpg#1731, bpg#502", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Reply, Method: "POST", Path: `nodes/[^/]+/qemu`, Status: 596, Reason: "tls_process_server_certificate: certificate verify failed", Times: 2}},
	},
	{
		Name: "node-unreachable", Description: "a host is down: everything about it is answered 595 until cleared",
		Seen: "rgl/terraform-proxmox-talos#2", Outcome: Outcome{Up: "succeeds", Next: "the same: what is on the host stays as it is. Machines that are to be made there are an error"},
		faults: []Fault{{Do: Reply, Path: `nodes/.*`, Status: 595, Reason: "No route to host"}},
	},
	{
		Name: "no-ticket", Description: "the API forgets who is logged in, until cleared",
		Seen: "facts: case 7", Outcome: Outcome{Up: "fails", Says: "does not accept the token (401)", Next: "makes what is missing, once it knows again"},
		faults: []Fault{{Do: Reply, Path: `.*`, Status: 401, Reason: "permission denied - invalid PVE ticket"}},
	},
	{
		Name: "forbidden-download", Description: "the token may not download, until cleared",
		Seen: "bpg#1439, bpg#1451", Outcome: Outcome{Up: "fails", Says: "Datastore.AllocateTemplate", Next: "downloads, once the token may"},
		faults: []Fault{{Do: Reply, Method: "POST", Path: `.*/download-url`, Status: 403, Reason: "Permission check failed (/storage/local, Datastore.AllocateTemplate)"}},
	},
	{
		Name: "forbidden-create", Description: "the token may not make machines, until cleared",
		Seen: "proxcenter#967", Outcome: Outcome{Up: "fails", Says: "VM.Allocate", Next: "makes the machine, once the token may"},
		faults: []Fault{{Do: Reply, Method: "POST", Path: `nodes/[^/]+/qemu`, Status: 403, Reason: "Permission check failed (/vms/{vmid}, VM.Allocate)"}},
	},
	{
		Name: "storage-full", Description: "the storage has no room for the disks, until cleared",
		Seen: "bpg#1823", Outcome: Outcome{Up: "fails", Says: "insufficient free space", Next: "makes the machine, once there is room"},
		faults: []Fault{{Do: Exit, Task: "qmcreate", Reason: "unable to create VM {vmid} - lvcreate error: Volume group \"pve\" has insufficient free space"}},
	},
	{
		Name: "storage-offline", Description: "the storage of the images is not there, until cleared",
		Seen: "bpg#2147, pulumi-proxmoxve#35", Outcome: Outcome{Up: "fails", Says: "is not online", Next: "downloads, once it is"},
		faults: []Fault{{Do: Reply, Method: "POST", Path: `.*/download-url`, Status: 500, Reason: "storage 'local' is not online"}},
	},
	{
		Name: "download-corrupt", Description: "what was downloaded does not have the checksum, once",
		Seen: "facts: case 12", Outcome: Outcome{Up: "fails", Says: "checksum mismatch", Next: "downloads again"},
		faults: []Fault{{Do: Exit, Task: "download", Reason: "checksum mismatch: got '0000' != expect '1111'", Times: 1}},
	},
	{
		Name: "factory-builds-first", Description: "the Image Factory takes a minute for what it is asked for the first time, until cleared (seconds)",
		Seen:    "image-factory, internal/frontend/http/image.go",
		Outcome: Outcome{Up: "succeeds", Next: "plans nothing; without the look ahead the download fails: 596 on hosts that are not the endpoint's"},
		faults:  []Fault{{Do: Build, Seconds: 60}},
	},
	{
		Name: "content-lags", Description: "a downloaded file is listed two seconds late",
		Seen: "0.111.1 resource_download_file.go", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Lag, Listing: inContentList, Seconds: 2, Times: 1}},
	},
	{
		Name: "names-lag", Description: "cluster/resources has no name and no status of a new machine for minutes",
		Seen: "pve-manager, PVE/API2Tools.pm", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Lag, Listing: inResources, Seconds: 300}},
	},
	{
		Name: "connection-reset", Description: "the connection breaks before a creation is begun, once",
		Seen: "facts: case 6", Outcome: Outcome{Up: "fails", Says: "POST", Next: "makes the machine"},
		faults: []Fault{{Do: Reset, Method: "POST", Path: `nodes/[^/]+/qemu`, Times: 1}},
	},
	{
		Name: "connection-reset-after", Description: "a creation is begun, and the connection breaks before the reply, once",
		Seen: "facts: case 6", Outcome: Outcome{Up: "fails", Says: "POST", Next: "takes the machine over that was made"},
		faults: []Fault{{Do: ResetAfter, Method: "POST", Path: `nodes/[^/]+/qemu`, Times: 1}},
	},
	{
		Name: "never-boots", Description: "machines get power and never boot, until cleared",
		Seen: "wrong firmware, wrong boot order", Outcome: Outcome{Up: "succeeds", Next: "plans nothing; who waits for the guest must give up with a message"},
		faults: []Fault{{Do: Dark}},
	},
	{
		Name: "ignores-shutdown", Description: "guests ignore the power button, until cleared",
		Seen: "bpg#1255, siderolabs/extensions#367", Outcome: Outcome{Up: "succeeds", Next: "destroys by cutting the power (stopOnDestroy)"},
		faults: []Fault{{Do: Deaf}},
	},
	{
		Name: "slow-destroy", Description: "a destroyed machine answers for half a minute more",
		Seen: "bpg#1620", Outcome: Outcome{Up: "succeeds", Next: "plans nothing"},
		faults: []Fault{{Do: Slow, Task: "qmdestroy", Seconds: 30, Times: 1}},
	},
}
