package stackfile

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"slices"
)

// Proxmox is the cluster of hosts that a stack file expects to find.
type Proxmox struct {
	// Endpoint is the address that the program speaks to; Port is the API's on every host.
	Endpoint netip.Addr
	Port     uint16
	// Hosts are the hypervisors by name.
	Hosts map[string]netip.Addr
}

type proxmox struct {
	Endpoint string `json:"endpoint"`
}

// ordinaryPort is that of Proxmox's API.
const ordinaryPort = 8006

func (p proxmox) read(machines map[string]machine, known map[string]netip.Addr) (Proxmox, error) {
	var problems []error
	endpoint, err := url.Parse(p.Endpoint)
	if err != nil || endpoint.Host == "" {
		problems = append(problems, fmt.Errorf("starbase:proxmox.endpoint is no URL, as https://192.168.1.2:8006: %q", p.Endpoint))
		endpoint = &url.URL{}
	}
	wanted := Proxmox{Port: ordinaryPort, Hosts: map[string]netip.Addr{}}
	if port := endpoint.Port(); port != "" {
		if _, err := fmt.Sscan(port, &wanted.Port); err != nil {
			problems = append(problems, fmt.Errorf("starbase:proxmox.endpoint has an invalid port: %q", port))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(machines)) {
		m := machines[name]
		if m.Host == "" {
			continue
		}
		if address, ok := known[m.Host]; ok {
			wanted.Hosts[m.Host] = address
		} else {
			problems = append(problems, fmt.Errorf("starbase:machines.%s.host is not among starbase:network.hosts: %q", name, m.Host))
		}
	}
	if wanted.Endpoint, err = netip.ParseAddr(endpoint.Hostname()); err != nil {
		// A name: any host answers to it.
		for _, name := range slices.Sorted(maps.Keys(wanted.Hosts)) {
			wanted.Endpoint = cmp.Or(wanted.Endpoint, wanted.Hosts[name])
		}
	}
	for name, address := range known {
		if address == wanted.Endpoint {
			wanted.Hosts[name] = address
		}
	}
	if len(wanted.Hosts) == 0 && len(problems) == 0 {
		problems = append(problems, errors.New("starbase:machines has no machine with a host"))
	}
	return wanted, errors.Join(problems...)
}
