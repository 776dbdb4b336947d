package proxmox

import (
	"maps"
	"net/http"
	"slices"
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
			if vm := c.state.VMs[id]; !vm.Listed.After(c.clock.Now()) && c.mayVM(id, vm.Pool, "VM.Audit") == nil {
				list = append(list, c.resource(vm))
			}
		}
	}
	if kind == "" || kind == "storage" {
		for _, id := range slices.Sorted(maps.Keys(c.state.Storages)) {
			for _, node := range slices.Sorted(maps.Keys(c.state.Nodes)) {
				list = append(list, map[string]any{"type": "storage", "id": "storage/" + node + "/" + id, "storage": id, "node": node})
			}
		}
	}
	return list, nil
}

func (c *call) resource(vm *VM) map[string]any {
	m := c.machine(vm)
	r := map[string]any{
		"type": "qemu", "id": "qemu/" + vmID(vm.ID), "vmid": vm.ID, "node": vm.Node, "name": m.Name,
		"status": string(vm.Power), "maxcpu": m.Cores, "maxmem": int64(m.Memory) * mib, "template": 0,
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
