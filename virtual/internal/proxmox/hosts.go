package proxmox

import (
	"maps"
	"slices"
)

// getVersion: the release whose behaviour the rules here follow. The provider asks it after a failed download.
func getVersion(*call) (any, error) {
	return map[string]any{"version": "9.1.1", "release": "9.1", "repoid": "42db4a6cf33dac83"}, nil
}

func listNodes(c *call) (any, error) {
	list := []map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(c.state.Nodes)) {
		n := c.state.Nodes[name]
		list = append(list, map[string]any{
			"node": name, "id": "node/" + name, "type": "node", "status": "online", "maxcpu": n.Cores, "maxmem": n.Memory,
		})
	}
	return list, nil
}

func getNodeStatus(c *call) (any, error) {
	n := c.state.Nodes[c.vars["node"]]
	return map[string]any{
		"pveversion": "pve-manager/9.1.1/42db4a6cf33dac83", "cpuinfo": map[string]any{"cpus": n.Cores},
		"memory": map[string]any{"total": n.Memory},
	}, nil
}

func listNetwork(c *call) (any, error) {
	list := []map[string]any{}
	for _, bridge := range c.state.Nodes[c.vars["node"]].Bridges {
		list = append(list, map[string]any{"iface": bridge, "type": "bridge", "active": 1, "autostart": 1})
	}
	return list, nil
}
