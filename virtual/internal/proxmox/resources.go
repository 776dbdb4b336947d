package proxmox

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

// listResources answers what is in the cluster; the provider finds a machine's host here.
func listResources(c *call) (any, error) {
	list := []map[string]any{}
	kind := c.params["type"]
	if kind == "" || kind == "node" {
		nodes, _ := listNodes(c) // never fails
		list = append(list, nodes.([]map[string]any)...)
	}
	if kind == "" || kind == "vm" {
		for _, id := range slices.Sorted(maps.Keys(c.state.VMs)) {
			if vm := c.state.VMs[id]; c.mayVM(id, vm.Pool, "VM.Audit") == nil {
				list = append(list, c.resource(vm))
			}
		}
	}
	if kind == "" || kind == "storage" {
		for _, id := range slices.Sorted(maps.Keys(c.state.Storages)) {
			for _, node := range slices.Sorted(maps.Keys(c.state.Nodes)) {
				list = append(list, map[string]any{"type": "storage", "id": "storage/" + node + "/" + id, "storage": id, "node": node, "shared": bit(c.state.Storages[id].Shared)})
			}
		}
	}
	return list, nil
}

// reported is how long it takes until a new machine is in the status reports that hosts broadcast.
// Source: pve-manager, PVE/Service/pvestatd.pm.
const reported = 10 * time.Second

// resource is a machine as the cluster lists it. Number, host and tags come from the cluster's configuration; name, status
// and sizes from the last report of its host, and there is none of a new machine or of a host that is down.
// Source: pve-manager, PVE/API2Tools.pm, extract_vm_stats.
func (c *call) resource(vm *VM) map[string]any {
	r := map[string]any{
		"type": "qemu", "id": "qemu/" + vmID(vm.ID), "vmid": vm.ID, "node": vm.Node, "status": "unknown",
	}
	if c.clock.Now().Sub(vm.Created) >= reported+c.lag(inResources, vm.ID) && !c.isDown(vm.Node) {
		m := c.machine(vm)
		r["name"], r["status"], r["template"] = m.Name, string(vm.Power), 0
		r["maxcpu"], r["maxmem"] = m.Cores, int64(m.Memory)*mib
	}
	if vm.Config["tags"] != "" {
		r["tags"] = vm.Config["tags"]
	}
	if vm.Pool != "" {
		r["pool"] = vm.Pool
	}
	return r
}

// nextID answers the lowest free id, or whether the one asked for is free.
func nextID(c *call) (any, error) {
	if wanted := c.params["vmid"]; wanted != "" {
		if c.state.VMs[number(wanted)] != nil {
			return nil, &failure{status: http.StatusBadRequest, reason: "Parameter verification failed.",
				fields: map[string]string{"vmid": "VM " + wanted + " already exists"}}
		}
		return wanted, nil
	}
	id := 100
	for c.state.VMs[id] != nil {
		id++
	}
	return vmID(id), nil
}

// No machine here is managed by the high-availability service.
func listHA(*call) (any, error) { return []any{}, nil }

func getHA(c *call) (any, error) { return nil, died("no such resource '%s'", c.vars["sid"]) }

func listVMs(c *call) (any, error) {
	list := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(c.state.VMs)) {
		if vm := c.state.VMs[id]; vm.Node == c.vars["node"] && c.mayVM(id, vm.Pool, "VM.Audit") == nil {
			list = append(list, c.resource(vm))
		}
	}
	return list, nil
}
