package proxmox

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Storage is a datastore as the cluster's configuration names it.
type Storage struct {
	ID string `json:"id"`
	// Type is dir, nfs, lvmthin or zfspool; it decides how volumes are named and which formats there are.
	Type    string   `json:"type"`
	Content []string `json:"content"`
	// Shared storages are one thing on all nodes; others are a separate one on each.
	Shared bool `json:"shared,omitempty"`
	// Offline storages are configured, and not there.
	Offline bool  `json:"offline,omitempty"`
	Total   int64 `json:"total"` // bytes
}

// holdsFiles: the others hold block devices.
func (s *Storage) holdsFiles() bool { return s.Type == "dir" || s.Type == "nfs" }

// Volume is a disk image or a file on a storage.
type Volume struct {
	// ID is storage:name, as in local-lvm:vm-100-disk-0.
	ID      string `json:"volid"`
	Node    string `json:"node,omitempty"` // empty on shared storages
	Content string `json:"content"`
	Format  string `json:"format"`
	Size    int64  `json:"size"` // bytes, as the guest sees it
	VMID    int    `json:"vmid,omitempty"`
	// Generation tells a volume from one that had its name before. It survives moves, and nothing else.
	Generation int `json:"generation"`
	// Origin is the volume that this one was imported from.
	Origin string `json:"origin,omitempty"`
	// URL and Checksum (sha256) are of the file that a download brought.
	URL      string `json:"url,omitempty"`
	Checksum string `json:"checksum,omitempty"`
	// Virtual is the size of the disk that an image file holds.
	Virtual int64 `json:"virtual,omitempty"`
	// Data is what the guest wrote: it lives and dies with the volume.
	Data map[string]string `json:"data,omitempty"`
	// Listed is when storage listings begin to show it.
	Listed time.Time `json:"listed,omitzero"`
}

func (v *Volume) storage() string { return storageOf(v.ID) }

func storageOf(id string) string {
	storage, _, _ := strings.Cut(id, ":")
	return storage
}

// onStorage finds a usable storage, or says in Proxmox's words why there is none.
func (c *Cluster) onStorage(node, id, content string) (*Storage, error) {
	s := c.state.Storages[id]
	switch {
	case s == nil:
		return nil, died("storage '%s' does not exist", id)
	case s.Offline:
		return nil, died("storage '%s' is not online", id)
	case content != "" && !slices.Contains(c.contentOf(node, s), content):
		return nil, died("storage '%s' does not support content-type '%s'", id, content)
	}
	return s, nil
}

// volume finds a volume as a node sees it.
func (c *Cluster) volume(node, id string) *Volume {
	for _, v := range c.state.Volumes {
		if v.ID == id && (v.Node == "" || v.Node == node) {
			return v
		}
	}
	return nil
}

// keep puts a volume on its storage, as seen from the node, and gives it its generation.
func (c *Cluster) keep(node string, v *Volume) (*Volume, error) {
	s := c.state.Storages[v.storage()]
	if free := s.Total - c.used(s, node); v.Size > free {
		return nil, died("no space left on storage '%s': %s wanted, %s free", s.ID, printSize(v.Size), printSize(free)) // approximate
	}
	if !s.Shared {
		v.Node = node
	}
	c.state.Generation++
	v.Generation = c.state.Generation
	c.state.Volumes = append(c.state.Volumes, v)
	c.events.Add(Event{Kind: "volume", What: fmt.Sprintf("made %s, generation %d", v.ID, v.Generation), Node: node, VMID: v.VMID})
	c.touch()
	return v, nil
}

func (c *Cluster) drop(v *Volume) {
	c.state.Volumes = slices.DeleteFunc(c.state.Volumes, func(o *Volume) bool { return o == v })
	c.events.Add(Event{Kind: "volume", What: fmt.Sprintf("removed %s, generation %d", v.ID, v.Generation), Node: v.Node, VMID: v.VMID})
	c.touch()
}

func (c *Cluster) used(s *Storage, node string) (bytes int64) {
	for _, v := range c.state.Volumes {
		if v.storage() == s.ID && (v.Node == "" || v.Node == node) {
			bytes += v.Size
		}
	}
	return bytes
}
