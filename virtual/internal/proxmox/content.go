package proxmox

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"
)

func listStorages(c *call) (any, error) {
	list := []map[string]any{}
	for _, id := range slices.Sorted(maps.Keys(c.state.Storages)) {
		s := c.state.Storages[id]
		if c.may("/storage/"+id, "Datastore.Audit") != nil && c.may("/storage/"+id, "Datastore.AllocateSpace") != nil {
			continue // Proxmox shows only those that the token may use or audit
		}
		if want := c.params["content"]; want == "" || slices.Contains(c.contentOf(c.vars["node"], s), want) {
			list = append(list, c.statusOf(s))
		}
	}
	return list, nil
}

func getStorage(c *call) (any, error) {
	s := c.state.Storages[c.vars["storage"]]
	if s == nil {
		return nil, died("storage '%s' does not exist", c.vars["storage"])
	}
	return c.statusOf(s), nil
}

func (c *call) statusOf(s *Storage) map[string]any {
	used := c.used(s, c.vars["node"])
	return map[string]any{
		"storage": s.ID, "type": s.Type, "content": strings.Join(c.contentOf(c.vars["node"], s), ","), "shared": bit(s.Shared),
		"active": bit(!s.Offline), "enabled": 1, "total": s.Total, "used": used, "avail": s.Total - used,
	}
}

// contentOf are the content types of a storage on a host. Proxmox can import images by its API from 8.4 on.
func (c *Cluster) contentOf(node string, s *Storage) []string {
	return slices.DeleteFunc(slices.Clone(s.Content), func(content string) bool {
		return c.lacks(content) || content == "import" && c.isBefore(node, 8, 4)
	})
}

func listContent(c *call) (any, error) {
	if err := c.may("/storage/"+c.vars["storage"], "Datastore.Audit"); err != nil {
		return nil, err
	}
	if _, err := c.onStorage(c.vars["node"], c.vars["storage"], ""); err != nil {
		return nil, err
	}
	list := []map[string]any{}
	for _, v := range c.state.Volumes {
		if v.storage() != c.vars["storage"] || v.Node != "" && v.Node != c.vars["node"] || v.Listed.After(c.clock.Now()) {
			continue
		}
		if want := c.params["content"]; want != "" && want != v.Content {
			continue
		}
		if want := number(c.params["vmid"]); want == 0 || want == v.VMID {
			list = append(list, v.reply())
		}
	}
	slices.SortFunc(list, func(a, b map[string]any) int { return cmp.Compare(a["volid"].(string), b["volid"].(string)) })
	return list, nil
}

func (v *Volume) reply() map[string]any {
	r := map[string]any{"volid": v.ID, "content": v.Content, "format": v.Format, "size": v.Size}
	if v.VMID != 0 {
		r["vmid"] = v.VMID
	}
	return r
}

func getContent(c *call) (any, error) {
	v, err := c.content()
	if err != nil {
		return nil, err
	}
	return map[string]any{"path": c.pathOf(v.ID), "format": v.Format, "size": v.Size, "used": v.Size}, nil
}

// deleteContent removes a file in a task; the API does not wait for it, so a download right after may find the old file.
func deleteContent(c *call) (any, error) {
	v, err := c.content()
	if err != nil {
		return nil, err
	}
	if err := c.may("/storage/"+v.storage(), "Datastore.Allocate"); err != nil {
		return nil, err
	}
	return c.begin("imgdel", v.ID, func(*Task) error { c.drop(v); return nil }), nil
}

// content finds the volume of the path: named whole, or by its part after the storage.
func (c *call) content() (*Volume, error) {
	storage, id := c.vars["storage"], c.vars["volume"]
	if _, err := c.onStorage(c.vars["node"], storage, ""); err != nil {
		return nil, err
	}
	if !strings.HasPrefix(id, storage+":") {
		id = storage + ":" + id
	}
	v := c.volume(c.vars["node"], id)
	if v == nil {
		return nil, refused(http.StatusInternalServerError, "volume '%s' does not exist", id)
	}
	return v, nil
}

// pathOf is where a volume is found on the host.
func (c *Cluster) pathOf(id string) string {
	storage, name, _ := strings.Cut(id, ":")
	folder, file, isFile := strings.Cut(name, "/")
	switch {
	case !c.state.Storages[storage].holdsFiles():
		return "/dev/pve/" + name
	case isFile && (folder == "iso" || folder == "vztmpl"):
		folder = "template/" + map[string]string{"iso": "iso", "vztmpl": "cache"}[folder]
	case isFile && folder != "import" && folder != "snippets":
		folder = "images/" + folder
	}
	root := "/var/lib/vz/"
	if c.state.Storages[storage].Shared {
		root = "/mnt/pve/" + storage + "/"
	}
	return root + folder + "/" + file
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
