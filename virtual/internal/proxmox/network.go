package proxmox

import (
	"crypto/rand"
	"fmt"
	"strings"
)

// models are the network cards that QEMU emulates; a config may write the address behind the model: virtio=BC:24:….
var models = []string{"virtio", "e1000", "e1000e", "rtl8139", "vmxnet3"}

// nicOf is the card's model=MAC, however the string spells it.
func nicOf(p properties) string {
	for _, model := range models {
		if mac, ok := p[model]; ok {
			return model + "=" + mac
		}
	}
	return p["model"] + "=" + p["macaddr"]
}

// normalNIC writes a network card as Proxmox stores it: virtio=MAC,bridge=vmbr0,firewall=0. A card without an address
// gets one from Proxmox's own range.
func normalNIC(value string) (string, error) {
	p := parseProperties(value, "model")
	model, mac, _ := strings.Cut(nicOf(p), "=")
	if model == "" {
		return "", badParameter("net", "invalid format - format error\nmodel: property is missing and it is not optional\n")
	}
	if mac == "" {
		random := make([]byte, 3)
		_, _ = rand.Read(random) // never fails, says crypto/rand
		mac = fmt.Sprintf("BC:24:11:%02X:%02X:%02X", random[0], random[1], random[2])
	}
	delete(p, "model")
	delete(p, "macaddr")
	delete(p, model)
	normal := p.print("")
	if normal == "" {
		return model + "=" + mac, nil
	}
	return model + "=" + mac + "," + normal, nil
}
