// Package stackfile reads from a stack file what hardware the virtual lab has to be: its network, and the machines that are
// there before the program runs. Everything else in the file is the program's own to read and to check.
package stackfile

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// Hardware is what a stack file asks of the world below it.
type Hardware struct {
	// Router is the LAN's router with the length of the LAN's network: 192.168.1.1/24.
	Router netip.Prefix
	// Talos says that the program makes the cluster's machines, on Proxmox; without it they are there already.
	Talos bool
	// Machines are those of the cluster, control planes first, each by its name.
	Machines []Machine
	// VIP is the address that control planes share; the zero Addr without one.
	VIP netip.Addr
	// Proxmox is what the machines are made on, if the program makes them.
	Proxmox Proxmox
}

const (
	controlPlane = "controlPlane"
	worker       = "worker"
)

// Machine is a machine of the cluster.
type Machine struct {
	Name         string
	Address      netip.Addr
	ControlPlane bool
}

// machine is a node of the cluster. With a host, it is a virtual machine.
type machine struct {
	Role    string `json:"role"`
	Address string `json:"address"`
	Host    string `json:"host"`
}

// file is the part of a stack file that matters here.
type file struct {
	Config struct {
		Network struct {
			LAN    string            `json:"lan"`
			Router string            `json:"router"`
			Hosts  map[string]string `json:"hosts"`
		} `json:"starbase:network"`
		Cluster struct {
			Kind string `json:"kind"`
			Plan struct {
				VIP string `json:"vip"`
				// Former releases had the nodes here.
				ControlPlanes any `json:"controlPlanes"`
			} `json:"plan"`
		} `json:"starbase:cluster"`
		Machines map[string]machine `json:"starbase:machines"`
		Proxmox  proxmox            `json:"starbase:proxmox"`
	} `json:"config"`
}

// Read reads a stack file. Its error names the key that a virtual lab can't do without.
func Read(path string) (Hardware, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return Hardware{}, err
	}
	var f file
	if err := yaml.Unmarshal(content, &f); err != nil {
		return Hardware{}, fmt.Errorf("%s can't be read (./lab check says more): %w", filepath.Base(path), err)
	}
	h, err := f.hardware()
	if err != nil {
		return Hardware{}, fmt.Errorf("%s, read for a virtual lab (./lab check says more): %w", filepath.Base(path), err)
	}
	return h, nil
}

func (f file) hardware() (h Hardware, err error) {
	var problems []error
	address := func(key, text string) (a netip.Addr) {
		a, err := netip.ParseAddr(text)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s is no IP address: %q", key, text))
		}
		return a
	}
	c := f.Config
	lan, err := netip.ParsePrefix(c.Network.LAN)
	if err != nil {
		problems = append(problems, fmt.Errorf("starbase:network.lan is no network, as 192.168.1.0/24: %q", c.Network.LAN))
	}
	h.Router = netip.PrefixFrom(address("starbase:network.router", c.Network.Router), lan.Bits())
	h.Talos = c.Cluster.Kind == "talos"
	if c.Cluster.Plan.ControlPlanes != nil {
		return h, errors.New("starbase:cluster.plan.controlPlanes is how earlier releases named the nodes; ./lab check shows starbase:machines, which takes its place")
	}
	controlPlanes := 0
	for _, role := range []string{controlPlane, worker} {
		for _, name := range slices.Sorted(maps.Keys(c.Machines)) {
			if m := c.Machines[name]; m.Role == role {
				h.Machines = append(h.Machines, Machine{name, address("starbase:machines."+name+".address", m.Address), role == controlPlane})
			}
		}
		if role == controlPlane {
			controlPlanes = len(h.Machines)
		}
	}
	if controlPlanes == 0 {
		problems = append(problems, errors.New("starbase:machines has no control plane"))
	}
	if vip := c.Cluster.Plan.VIP; vip != "" {
		h.VIP = address("starbase:cluster.plan.vip", vip)
	}
	if h.Talos {
		hosts := map[string]netip.Addr{}
		for name, text := range c.Network.Hosts {
			hosts[name] = address("starbase:network.hosts."+name, text)
		}
		h.Proxmox, err = c.Proxmox.read(c.Machines, hosts)
		problems = append(problems, err)
	}
	return h, errors.Join(problems...)
}

// Names are the machines' names, for messages.
func (h Hardware) Names() string {
	var names []string
	for _, m := range h.Machines {
		names = append(names, m.Name)
	}
	return cmp.Or(strings.Join(names, ", "), "none")
}
