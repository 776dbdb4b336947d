package proxmox

import (
	"fmt"
	"slices"
	"strings"
)

// image says what an image to be made is like.
type image struct {
	// name is "disk", which gets a number, or "cloudinit".
	name   string
	format string // "" is the storage's own
	size   int64  // bytes
	from   *Volume
}

// newVolume makes the image that a drive string asks for: empty, for the firmware's variables, or imported.
func (c *Cluster) newVolume(node string, vmid int, storage, slot, gibs string, p properties) (*Volume, error) {
	i := image{name: "disk", format: p["format"]}
	var err error
	switch {
	case p["import-from"] != "":
		i.from = c.volume(node, p["import-from"])
		switch {
		case i.from == nil:
			return nil, died("volume '%s' does not exist", p["import-from"])
		case i.from.Content != "import" && i.from.Content != "images":
			return nil, died("can't import from '%s': content type '%s' is neither 'images' nor 'import'", i.from.ID, i.from.Content) // approximate
		}
		i.size = max(i.from.Virtual, i.from.Size)
	case strings.HasPrefix(slot, "efidisk"):
		i.size = c.firmwareSize(storage)
	case strings.HasPrefix(slot, "tpmstate"):
		i.size, i.format = 4*mib, "raw"
	default:
		if i.size, err = parseSize(gibs + "G"); err != nil {
			return nil, err
		}
	}
	return c.allocate(node, vmid, storage, i)
}

// firmwareSize: OVMF's variables take 528 KiB; LVM and ZFS round up to their extents.
func (c *Cluster) firmwareSize(storage string) int64 {
	if s := c.state.Storages[storage]; s != nil && s.holdsFiles() {
		return 528 * kib
	}
	return 4 * mib
}

// allocate names and makes an image. File storages know formats, block storages only raw.
func (c *Cluster) allocate(node string, vmid int, storage string, i image) (*Volume, error) {
	s, err := c.onStorage(node, storage, "images")
	if err != nil {
		return nil, err
	}
	formats := []string{"raw"}
	if s.holdsFiles() {
		formats = []string{"raw", "qcow2", "vmdk"}
	}
	switch {
	case i.format != "":
	case !s.holdsFiles():
		i.format = "raw"
	case i.name == "cloudinit":
		i.format = "qcow2"
	case i.from != nil:
		i.format = i.from.Format
	default:
		i.format = "raw"
	}
	if !slices.Contains(formats, i.format) {
		return nil, died("unsupported format '%s' at storage '%s'", i.format, s.ID)
	}
	v := &Volume{ID: c.freeName(node, vmid, s, i), Content: "images", Format: i.format, Size: i.size, VMID: vmid}
	if i.from != nil {
		v.Origin, v.URL = i.from.ID, i.from.URL
	}
	return c.keep(node, v)
}

// freeName is vm-100-disk-N with the first free number; on file storages below the machine's folder, with the format as
// its ending.
func (c *Cluster) freeName(node string, vmid int, s *Storage, i image) string {
	for n := 0; ; n++ {
		name := fmt.Sprintf("vm-%d-%s", vmid, i.name)
		if i.name == "disk" {
			name += fmt.Sprintf("-%d", n)
		}
		if s.holdsFiles() {
			name = fmt.Sprintf("%d/%s.%s", vmid, name, i.format)
		}
		if id := s.ID + ":" + name; c.volume(node, id) == nil || i.name != "disk" {
			return id
		}
	}
}
