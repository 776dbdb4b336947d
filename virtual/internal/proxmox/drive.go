package proxmox

import (
	"regexp"
	"strings"
)

// newDisk is how a drive string asks for a new image: storage and a size in GiB.
var newDisk = regexp.MustCompile(`^([^/:\s]+):([0-9]+(?:\.[0-9]+)?)$`)

// normalDrive makes the volume that a drive string asks for, and writes the string as Proxmox stores it: with the
// volume's name and size, without what counted at creation only (format, import-from).
// Source: create_disks in PVE::API2::Qemu.
func (c *Cluster) normalDrive(node string, vmid int, slot, value string) (string, error) {
	p := parseProperties(value, "file")
	file := p["file"]
	storage, rest, _ := strings.Cut(file, ":")
	switch {
	case file == "none" || file == "cdrom":
		return p.print("file"), nil
	case rest == "cloudinit":
		p["media"] = "cdrom"
		v, err := c.allocate(node, vmid, storage, image{name: "cloudinit", format: p["format"], size: 4 * mib})
		return finished(p, v, err)
	case newDisk.MatchString(file):
		v, err := c.newVolume(node, vmid, storage, slot, rest, p)
		return finished(p, v, err)
	default:
		v := c.volume(node, file)
		if v == nil {
			return "", died("volume '%s' does not exist", file)
		}
		if v.Content == "iso" && p["media"] != "cdrom" {
			return "", died("cannot use '%s' as a disk: it is not of content type 'images'", file) // approximate
		}
		return finished(p, v, nil)
	}
}

func finished(p properties, v *Volume, err error) (string, error) {
	if err != nil {
		return "", err
	}
	p["file"] = v.ID
	delete(p, "format")
	delete(p, "import-from")
	if v.Content == "images" && !isCloudInit(v.ID) || p["media"] == "cdrom" {
		p["size"] = printSize(v.Size)
	}
	return p.print("file"), nil
}
