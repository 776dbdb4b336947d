package proxmox

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// download is a fetch by a host: what is wanted, and what came. The bytes themselves are only counted and summed.
type download struct {
	url, algorithm, checksum string

	size, virtual int64
	sha256        string
}

var sums = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

func (d *download) run(client *http.Client) error {
	r, err := client.Get(d.url)
	if err != nil {
		return died("download failed: %v", err) // approximate
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return died("download failed: ERROR %s", r.Status) // approximate; wget's words
	}
	own := sha256.New()
	into := []io.Writer{own}
	wanted := own
	if make, ok := sums[d.algorithm]; ok && d.algorithm != "sha256" {
		wanted = make()
		into = append(into, wanted)
	}
	head := make([]byte, 32)
	n, err := io.ReadFull(r.Body, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return died("download failed: %v", err)
	}
	all := io.MultiReader(strings.NewReader(string(head[:n])), r.Body)
	if d.size, err = io.Copy(io.MultiWriter(into...), all); err != nil {
		return died("download failed: %v", err)
	}
	d.sha256 = hex.EncodeToString(own.Sum(nil))
	d.virtual = virtualSize(head[:n], d.size)
	if got := hex.EncodeToString(wanted.Sum(nil)); d.checksum != "" && !strings.EqualFold(got, d.checksum) {
		return died("checksum mismatch: got '%s' != expect '%s'", got, d.checksum)
	}
	return nil
}

// virtualSize is the size of the disk in an image: qcow2 says it in its header (bytes 24 to 31, big endian), other files
// are the disk.
func virtualSize(head []byte, size int64) int64 {
	if len(head) >= 32 && string(head[:4]) == "QFI\xfb" {
		return int64(binary.BigEndian.Uint64(head[24:32]))
	}
	return size
}

// fileNameOf is the name that a server gives a file, or that its address ends with.
func fileNameOf(r *http.Response) string {
	if _, params, err := mime.ParseMediaType(r.Header.Get("Content-Disposition")); err == nil && params["filename"] != "" {
		return params["filename"]
	}
	return path.Base(r.Request.URL.Path)
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}

// formatOf is a volume's format by the ending of its name; block storages have none and are raw.
func formatOf(id string) string {
	switch ending := strings.TrimPrefix(path.Ext(id), "."); ending {
	case "qcow2", "vmdk", "iso", "raw", "ova":
		return ending
	case "img":
		return "iso"
	default:
		return "raw"
	}
}
