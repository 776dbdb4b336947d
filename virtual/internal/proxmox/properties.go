package proxmox

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// properties is one of Proxmox's property strings: `local-lvm:vm-100-disk-0,iothread=1,size=20G`.
type properties map[string]string

// parseProperties reads a property string. The part without a name belongs to the key given (a drive's file, a network
// card's model). Empty parts are skipped: the provider ends some strings with a comma.
func parseProperties(s, unnamed string) properties {
	p := properties{}
	for part := range strings.SplitSeq(s, ",") {
		name, value, ok := strings.Cut(strings.TrimSpace(part), "=")
		switch {
		case ok:
			p[name] = value
		case name != "":
			p[unnamed] = name
		}
	}
	return p
}

// print writes the string as Proxmox stores it: the unnamed part first, the others in the order of their names.
func (p properties) print(unnamed string) string {
	parts := []string{}
	if v, ok := p[unnamed]; ok {
		parts = append(parts, v)
	}
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if name != unnamed {
			parts = append(parts, name+"="+p[name])
		}
	}
	return strings.Join(parts, ",")
}

const (
	kib = int64(1) << 10
	mib = int64(1) << 20
	gib = int64(1) << 30
	tib = int64(1) << 40
)

var units = []struct {
	letter string
	bytes  int64
}{{"T", tib}, {"G", gib}, {"M", mib}, {"K", kib}}

// printSize writes a size as configs show it: in the largest unit that divides it.
func printSize(bytes int64) string {
	for _, u := range units {
		if bytes >= u.bytes && bytes%u.bytes == 0 {
			return strconv.FormatInt(bytes/u.bytes, 10) + u.letter
		}
	}
	return strconv.FormatInt(bytes, 10)
}

// parseSize reads 20G, 512M, or a number of bytes.
func parseSize(s string) (int64, error) {
	digits, factor := s, int64(1)
	for _, u := range units {
		if rest, ok := strings.CutSuffix(s, u.letter); ok {
			digits, factor = rest, u.bytes
		}
	}
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("unable to parse size '%s'", s)
	}
	return int64(n * float64(factor)), nil
}
