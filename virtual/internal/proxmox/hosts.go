package proxmox

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// newest is the release whose behaviour the rules here follow.
const newest = "9.1.1"

// getVersion: the provider asks it after a failed download.
func getVersion(c *call) (any, error) {
	version := c.version(c.server())
	release := version[:strings.LastIndex(version, ".")]
	return map[string]any{"version": version, "release": release, "repoid": "42db4a6cf33dac83"}, nil
}

// server is the host that a request is about, or else came to.
func (c *call) server() string {
	return cmp.Or(c.vars["node"], c.host)
}

func (c *Cluster) version(node string) string {
	if f := c.standing(Old, node, nil); f != nil {
		return f.Reason
	}
	return newest
}

// isBefore says whether a host's release is older than MAJOR.MINOR.
func (c *Cluster) isBefore(node string, major, minor int) bool {
	var its, itsMinor int
	_, _ = fmt.Sscanf(c.version(node), "%d.%d", &its, &itsMinor) // ours, and always of that form
	return its < major || its == major && itsMinor < minor
}

// getTime answers the host's own clock: that of the person's computer, unless somebody has set it wrong.
func getTime(c *call) (any, error) {
	if err := c.may("/nodes/"+c.vars["node"], "Sys.Audit"); err != nil {
		return nil, err
	}
	now := time.Now()
	if f := c.standing(Ahead, c.vars["node"], nil); f != nil {
		now = now.Add(f.duration())
	}
	return map[string]any{"timezone": "UTC", "time": now.Unix(), "localtime": now.Unix()}, nil
}

func listNodes(c *call) (any, error) {
	list := []map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(c.state.Nodes)) {
		n := c.state.Nodes[name]
		entry := map[string]any{"node": name, "id": "node/" + name, "type": "node", "status": "offline"}
		if !c.isDown(name) {
			entry["status"], entry["maxcpu"], entry["maxmem"] = "online", n.Cores, n.Memory
		}
		list = append(list, entry)
	}
	return list, nil
}

func getNodeStatus(c *call) (any, error) {
	n := c.state.Nodes[c.vars["node"]]
	return map[string]any{
		"pveversion": "pve-manager/" + c.version(n.Name) + "/42db4a6cf33dac83", "cpuinfo": map[string]any{"cpus": n.Cores},
		"memory": map[string]any{"total": n.Memory},
	}, nil
}

func listNetwork(c *call) (any, error) {
	list := []map[string]any{}
	for _, bridge := range c.state.Nodes[c.vars["node"]].Bridges {
		// Proxmox shows only bridges that the token may use or audit.
		if c.may("/sdn/zones/localnetwork/"+bridge, "SDN.Use") == nil {
			list = append(list, map[string]any{"iface": bridge, "type": "bridge", "active": 1, "autostart": 1})
		}
	}
	return list, nil
}

// listMappings answers the cluster's names for devices that the token may use.
func listMappings(c *call) (any, error) {
	list := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(c.state.PCIMappings)) {
		if c.may("/mapping/pci/"+id, "Mapping.Use") != nil {
			continue
		}
		devices := []string{}
		for _, node := range slices.Sorted(maps.Keys(c.state.PCIMappings[id])) {
			devices = append(devices, "id=10de:1b80,node="+node+",path="+c.state.PCIMappings[id][node])
		}
		list = append(list, map[string]any{"id": id, "map": devices})
	}
	return list, nil
}
