package factory

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/http"
	"time"
)

// DiskImage is the file of an image for clouds that hand a machine its network by a NoCloud drive, as Proxmox does.
const DiskImage = "nocloud-amd64.qcow2"

// diskSize is the size of the disk in an image, in bytes: about that of the real one.
const diskSize = 1306 << 20

// serve writes the image. The same schematic and version give the same bytes, so a checksum means something.
func serve(w http.ResponseWriter, r *http.Request, s Schematic, version string) {
	var image bytes.Buffer
	image.Write(header())
	fmt.Fprintf(&image, "A simulated image of Talos %s, schematic %s:\n%s", version, s.ID(), s.text())
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", `attachment; filename="`+DiskImage+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(image.Bytes()))
}

// header is the first part of a qcow2 file (QEMU, docs/interop/qcow2.rst): magic, version 3, and at byte 24 the size of
// the disk.
func header() []byte {
	h := make([]byte, 104)
	copy(h, "QFI\xfb")
	binary.BigEndian.PutUint32(h[4:], 3)
	binary.BigEndian.PutUint32(h[20:], 16) // clusters of 64 KiB
	binary.BigEndian.PutUint64(h[24:], diskSize)
	binary.BigEndian.PutUint32(h[100:], uint32(len(h)))
	return h
}
