package proxmox

import (
	"maps"
	"slices"
	"strings"
)

// listPools answers all pools, or the one asked for with its members: the older spelling of getPool, which the provider uses.
func listPools(c *call) (any, error) {
	list := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(c.state.Pools)) {
		if c.may("/pool/"+id, "Pool.Audit") != nil {
			continue
		}
		switch c.params["poolid"] {
		case "":
			list = append(list, map[string]any{"poolid": id, "comment": c.state.Pools[id].Comment})
		case id:
			list = append(list, c.pool(id))
		}
	}
	if id := c.params["poolid"]; id != "" && len(list) == 0 {
		return nil, died("pool '%s' does not exist", id)
	}
	return list, nil
}

func getPool(c *call) (any, error) {
	id := c.vars["poolid"]
	if c.state.Pools[id] == nil {
		return nil, died("pool '%s' does not exist", id)
	}
	return c.pool(id), c.may("/pool/"+id, "Pool.Audit")
}

func (c *call) pool(id string) map[string]any {
	members := []map[string]any{}
	for _, vmid := range slices.Sorted(maps.Keys(c.state.VMs)) {
		if vm := c.state.VMs[vmid]; vm.Pool == id {
			members = append(members, c.resource(vm))
		}
	}
	return map[string]any{"poolid": id, "comment": c.state.Pools[id].Comment, "members": members}
}

func createPool(c *call) (any, error) {
	id := c.params["poolid"]
	if err := c.may("/pool/"+id, "Pool.Allocate"); err != nil {
		return nil, err
	}
	if c.state.Pools[id] != nil {
		return nil, died("pool '%s' already exists", id)
	}
	c.state.Pools[id] = &Pool{ID: id, Comment: c.params["comment"]}
	c.touch()
	return nil, nil
}

// updatePool puts machines into a pool, or takes them out.
func updatePool(c *call) (any, error) {
	p := c.state.Pools[c.params["poolid"]]
	if p == nil {
		return nil, died("pool '%s' does not exist", c.params["poolid"])
	}
	if err := c.may("/pool/"+p.ID, "Pool.Allocate"); err != nil {
		return nil, err
	}
	if comment, ok := c.params["comment"]; ok {
		p.Comment = comment
	}
	for id := range strings.SplitSeq(c.params["vms"], ",") {
		if vm := c.state.VMs[number(id)]; vm != nil {
			if err := c.assign(vm, p); err != nil {
				return nil, err
			}
		}
	}
	c.touch()
	return nil, nil
}

func (c *call) assign(vm *VM, p *Pool) error {
	switch {
	case c.params["delete"] == "1" && vm.Pool != p.ID:
		return died("VM %d is not a pool member", vm.ID)
	case c.params["delete"] == "1":
		vm.Pool = ""
	case vm.Pool == p.ID:
		return died("VM %d is already a pool member", vm.ID)
	case vm.Pool != "" && c.params["allow-move"] != "1":
		return died("VM %d belongs already to pool '%s' and 'allow-move' is not set", vm.ID, vm.Pool)
	default:
		vm.Pool = p.ID
	}
	return nil
}

func deletePool(c *call) (any, error) {
	id := c.params["poolid"]
	if err := c.may("/pool/"+id, "Pool.Allocate"); err != nil {
		return nil, err
	}
	for _, vm := range c.state.VMs {
		if vm.Pool == id {
			return nil, died("pool '%s' is not empty (contains VM %d)", id, vm.ID)
		}
	}
	delete(c.state.Pools, id)
	c.touch()
	return nil, nil
}
