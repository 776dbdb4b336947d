package proxmox

import (
	"slices"
	"strings"
)

// allowed are the file names that a content type takes. Source: PVE::Storage's upload and download checks.
var allowed = map[string][]string{
	"iso":    {".iso", ".img"},
	"vztmpl": {".tar.gz", ".tar.xz", ".tar.zst"},
	"import": {".qcow2", ".raw", ".vmdk", ".ova"},
}

// downloadURL has a host fetch a file to a storage.
func downloadURL(c *call) (any, error) {
	storage, content, file := c.vars["storage"], c.params["content"], c.params["filename"]
	if err := c.may("/storage/"+storage, "Datastore.AllocateTemplate"); err != nil {
		return nil, err
	}
	if err := c.mayFetch(); err != nil {
		return nil, err
	}
	s, err := c.onStorage(c.vars["node"], storage, "")
	if err != nil {
		return nil, err
	}
	if !slices.Contains(c.contentOf(c.vars["node"], s), content) {
		return nil, died("storage '%s' is not configured for content type '%s'", storage, content)
	}
	endings, ok := allowed[content]
	switch {
	case !ok:
		return nil, badParameter("content", "value '%s' does not have a value in the enumeration 'iso, vztmpl, import'", content)
	case !slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(file, e) }):
		return nil, badParameter("filename", "wrong file extension")
	case (c.params["checksum"] == "") != (c.params["checksum-algorithm"] == ""):
		return nil, badParameter("checksum", "missing property - 'checksum-algorithm' requires this property")
	case c.params["compression"] != "" && content != "iso":
		return nil, badParameter("compression", "decompression not supported for %s", content)
	}
	wanted := file
	d := &download{url: c.params["url"], algorithm: c.params["checksum-algorithm"], checksum: c.params["checksum"]}
	id := storage + ":" + content + "/" + wanted
	return c.begin("download", "", func(t *Task) error { return c.fetchTo(t, d, id, content) }), nil
}

// mayFetch: a host reaches addresses that the person may not, so fetching needs rights on the host.
func (c *call) mayFetch() error {
	if c.may("/nodes/"+c.vars["node"], "Sys.AccessNetwork") == nil {
		return nil
	}
	return c.may("/", "Sys.Audit", "Sys.Modify")
}

// fetchTo is the worker of a download. A file that is there already is left alone: with a checksum that fits it counts
// as fetched, else the task fails. Source: PVE::Tools::download_file_from_url.
func (c *call) fetchTo(t *Task, d *download, id, content string) error {
	if old := c.volume(t.Node, id); old != nil {
		switch {
		case d.checksum == "":
			return died("refusing to override existing file '%s'", c.pathOf(id))
		case d.algorithm == "sha256" && strings.EqualFold(old.Checksum, d.checksum):
			t.say("OK, got correct file already, no need to download")
			return nil
		default:
			return died("mismatch: got '%s' != expect '%s', aborting", old.Checksum, d.checksum)
		}
	}
	t.say("downloading %s to %s", d.url, c.pathOf(id))
	// The network is slow and everybody else goes on meanwhile.
	c.mutex.Unlock()
	err := d.run(c.http)
	c.mutex.Lock()
	if err != nil {
		return err
	}
	t.say("download of '%s' to '%s' finished", d.url, c.pathOf(id))
	_, err = c.keep(t.Node, &Volume{
		ID: id, Content: content, Format: formatOf(id), Size: d.size, Virtual: d.virtual, Checksum: d.sha256, URL: d.url,
		Listed: c.clock.Now().Add(c.lag(inContentList, t.vmid)),
	})
	return err
}

// queryURL answers what a HEAD request says about a file, before anything is fetched.
func queryURL(c *call) (any, error) {
	if err := c.mayFetch(); err != nil {
		return nil, err
	}
	r, err := c.head(c.params["url"])
	if err != nil {
		return nil, err
	}
	reply := map[string]any{"filename": fileNameOf(r), "mimetype": r.Header.Get("Content-Type")}
	if r.ContentLength >= 0 {
		reply["size"] = r.ContentLength
	}
	return reply, nil
}
