package proxmox

// endpoints is the whole API: what bpg's provider 0.111.1 asks for virtual machines and downloads, and what a person's
// preflight check asks. Order counts where patterns overlap.
//
// Paths and parameter names follow the API viewer of Proxmox VE 8 and 9 (pve.proxmox.com/pve-docs/api-viewer).
var endpoints = []endpoint{
	{"GET", "version", takes(""), getVersion},
	{"GET", "access/permissions", takes("path userid"), getPermissions},
	{"POST", "access/roles", takes("roleid! privs"), createRole},
	{"GET", "access/roles/{roleid}", takes(""), getRole},
	{"GET", "nodes", takes(""), listNodes},
	{"GET", "nodes/{node}/status", takes(""), getNodeStatus},
	{"GET", "nodes/{node}/version", takes(""), getVersion},
	{"GET", "nodes/{node}/network", takes("type"), listNetwork},
	{"GET", "nodes/{node}/time", takes(""), getTime},

	{"GET", "cluster/resources", takes("type"), listResources},
	{"GET", "cluster/mapping/pci", takes("check-node"), listMappings},
	{"GET", "cluster/nextid", takes("vmid#"), nextID},
	{"GET", "cluster/ha/resources", takes("type"), listHA},
	{"GET", "cluster/ha/resources/{sid}", takes(""), getHA},

	{"GET", "pools", takes("poolid type"), listPools},
	{"GET", "pools/{poolid}", takes("type"), getPool},
	{"POST", "pools", takes("poolid! comment"), createPool},
	{"PUT", "pools", takes("poolid! comment vms storage delete? allow-move?"), updatePool},
	{"DELETE", "pools", takes("poolid!"), deletePool},

	{"GET", "nodes/{node}/query-url-metadata", takes("url! verify-certificates?"), queryURL},
	{"GET", "nodes/{node}/storage", takes("content enabled? format? storage target"), listStorages},
	{"GET", "nodes/{node}/storage/{storage}/status", takes(""), getStorage},
	{"GET", "nodes/{node}/storage/{storage}/content", takes("content vmid#"), listContent},
	{"POST", "nodes/{node}/storage/{storage}/download-url", takes("content! filename! node storage url! checksum checksum-algorithm compression verify-certificates?"), downloadURL},
	{"GET", "nodes/{node}/storage/{storage}/content/{volume...}", takes(""), getContent},
	{"DELETE", "nodes/{node}/storage/{storage}/content/{volume...}", takes("delay#"), deleteContent},

	{"GET", "nodes/{node}/qemu", takes("full?"), listVMs},
	{"POST", "nodes/{node}/qemu", takes("vmid#! pool storage force? unique? start? template? digest").and(settings), createVM},
	{"DELETE", "nodes/{node}/qemu/{vmid}", takes("purge? destroy-unreferenced-disks? skiplock?"), destroyVM},
	{"GET", "nodes/{node}/qemu/{vmid}/config", takes("current? snapshot"), getConfig},
	{"PUT", "nodes/{node}/qemu/{vmid}/config", takes("delete revert digest force? skiplock? background_delay#").and(settings), putConfig},
	{"POST", "nodes/{node}/qemu/{vmid}/config", takes("delete revert digest force? skiplock? background_delay#").and(settings), postConfig},
	{"GET", "nodes/{node}/qemu/{vmid}/pending", takes(""), getPending},
	{"PUT", "nodes/{node}/qemu/{vmid}/resize", takes("disk! size! digest skiplock?"), resizeDisk},
	{"POST", "nodes/{node}/qemu/{vmid}/move_disk", takes("disk! storage format delete? digest bwlimit#"), moveDisk},
	{"PUT", "nodes/{node}/qemu/{vmid}/cloudinit", takes(""), rebuildCloudInit},
	{"POST", "nodes/{node}/qemu/{vmid}/migrate", takes("target! online? with-local-disks? targetstorage force? bwlimit#"), migrate},

	{"GET", "nodes/{node}/qemu/{vmid}/status/current", takes(""), getStatus},
	{"POST", "nodes/{node}/qemu/{vmid}/status/start", takes("timeout# skiplock? machine"), start},
	{"POST", "nodes/{node}/qemu/{vmid}/status/stop", takes("timeout# keepActive? skiplock? overrule-shutdown?"), stop},
	{"POST", "nodes/{node}/qemu/{vmid}/status/shutdown", takes("timeout# forceStop? keepActive? skiplock?"), shutdown},
	{"POST", "nodes/{node}/qemu/{vmid}/status/reboot", takes("timeout#"), reboot},
	{"POST", "nodes/{node}/qemu/{vmid}/status/reset", takes("skiplock?"), resetVM},

	{"POST", "nodes/{node}/qemu/{vmid}/agent/ping", takes(""), pingAgent},
	{"GET", "nodes/{node}/qemu/{vmid}/agent/network-get-interfaces", takes(""), getInterfaces},

	{"GET", "nodes/{node}/tasks", takes("vmid# source limit# start#"), listTasks},
	{"GET", "nodes/{node}/tasks/{upid}/status", takes(""), getTaskStatus},
	{"GET", "nodes/{node}/tasks/{upid}/log", takes("limit# start#"), getTaskLog},
	{"DELETE", "nodes/{node}/tasks/{upid}", takes(""), endTask},
}
