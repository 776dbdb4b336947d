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

// Proxmox is the cluster of hosts that a stack file expects to find: what it names is there.
type Proxmox struct {
	// Endpoint is the address that the program speaks to; Port is the API's on every host.
	Endpoint netip.Addr
	Port     uint16
	// Hosts are the hypervisors by name.
	Hosts map[string]netip.Addr
	// ImageStores take downloaded images, DiskStores hold disks.
	ImageStores, DiskStores []string
	Bridges, Pools          []string
	// Mappings are names of devices that are passed through.
	Mappings []string
}

type proxmox struct {
	Endpoint string `json:"endpoint"`
	Image    struct {
		Datastore string `json:"datastore"`
	} `json:"image"`
}

// hardware is what virtual machines name of their hosts, each of them or their defaults.
type hardware struct {
	Datastore  string `json:"datastore"`
	Bridge     string `json:"bridge"`
	Pool       string `json:"pool"`
	PCI        []any  `json:"pci"`
	ExtraDisks []struct {
		Datastore string `json:"datastore"`
	} `json:"extraDisks"`
}

// What a Proxmox has when nothing else was said at its installation, and the pool that the README asks for.
const (
	ordinaryPort   = 8006
	ordinaryImages = "local"
	ordinaryDisks  = "local-lvm"
	ordinaryBridge = "vmbr0"
	ordinaryPool   = "starbase"
)

func (p proxmox) read(machines map[string]machine, defaults hardware, known map[string]netip.Addr) (Proxmox, error) {
	var problems []error
	endpoint, err := url.Parse(p.Endpoint)
	if err != nil || endpoint.Host == "" {
		problems = append(problems, fmt.Errorf("starbase:proxmox.endpoint is no URL, as https://192.168.1.2:8006: %q", p.Endpoint))
		endpoint = &url.URL{}
	}
	wanted := Proxmox{Port: ordinaryPort, Hosts: map[string]netip.Addr{}}
	if port := endpoint.Port(); port != "" {
		if _, err := fmt.Sscan(port, &wanted.Port); err != nil {
			problems = append(problems, fmt.Errorf("starbase:proxmox.endpoint has a port that is none: %q", port))
		}
	}
	images, disks := set{p.Image.Datastore, ordinaryImages}, set{ordinaryDisks}
	bridges, pools, mappings := set{ordinaryBridge}, set{ordinaryPool}, set{}
	used := []hardware{defaults}
	for _, name := range slices.Sorted(maps.Keys(machines)) {
		m := machines[name]
		if m.Host == "" {
			continue
		}
		used = append(used, m.hardware)
		if address, ok := known[m.Host]; ok {
			wanted.Hosts[m.Host] = address
		} else {
			problems = append(problems, fmt.Errorf("starbase:machines.%s.host is not among starbase:network.hosts: %q", name, m.Host))
		}
	}
	for _, m := range used {
		disks, bridges, pools = append(disks, m.Datastore), append(bridges, m.Bridge), append(pools, m.Pool)
		for _, disk := range m.ExtraDisks {
			disks = append(disks, disk.Datastore)
		}
		for _, device := range m.PCI {
			if mapping, ok := device.(string); ok {
				mappings = append(mappings, mapping)
			}
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
	wanted.ImageStores, wanted.DiskStores = images.names(), disks.names()
	wanted.Bridges, wanted.Pools, wanted.Mappings = bridges.names(), pools.names(), mappings.names()
	return wanted, errors.Join(problems...)
}

// set is a list of names, some of them empty or twice.
type set []string

func (s set) names() []string {
	sorted := slices.Compact(slices.Sorted(slices.Values(s)))
	return slices.DeleteFunc(sorted, func(name string) bool { return name == "" })
}
