package talos

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"

	"go.yaml.in/yaml/v3"
)

// networkConfig is the part of a cloud-init drive's network-config, version 1, that Talos reads here.
// Source: internal/app/machined/pkg/runtime/v1alpha1/platform/nocloud in Talos.
type networkConfig struct {
	Version int `yaml:"version"`
	Config  []struct {
		Type    string   `yaml:"type"`
		MAC     string   `yaml:"mac_address"`
		Subnets []subnet `yaml:"subnets"`
	} `yaml:"config"`
}

type subnet struct {
	Type    string `yaml:"type"`
	Address string `yaml:"address"`
	Netmask string `yaml:"netmask"`
}

// addressOf returns the IPv4 address that a network-config gives the card with this MAC address, in upper or lower case.
func addressOf(networkText, mac string) (netip.Prefix, error) {
	var c networkConfig
	if err := yaml.Unmarshal([]byte(networkText), &c); err != nil {
		return netip.Prefix{}, fmt.Errorf("its cloud-init drive has a network-config that is not YAML: %w", err)
	}
	if c.Version != 1 {
		return netip.Prefix{}, fmt.Errorf("network-config metadata version=%d is not simulated: Proxmox writes version 1", c.Version)
	}
	for _, card := range c.Config {
		if card.Type != "physical" || !strings.EqualFold(card.MAC, mac) {
			continue
		}
		for _, s := range card.Subnets {
			if s.Type == "static" {
				return s.prefix()
			}
		}
		return netip.Prefix{}, errors.New("it asks for an address by DHCP, and the LAN has no DHCP server")
	}
	return netip.Prefix{}, fmt.Errorf("its cloud-init drive has no address for the network card %s", mac)
}

// prefix returns the subnet's address with its length, which stands in the address or in the netmask.
func (s subnet) prefix() (netip.Prefix, error) {
	if p, err := netip.ParsePrefix(s.Address); err == nil {
		return p, nil
	}
	address, err := netip.ParseAddr(s.Address)
	mask, maskErr := netip.ParseAddr(s.Netmask)
	if err := errors.Join(err, maskErr); err != nil {
		return netip.Prefix{}, fmt.Errorf("its cloud-init drive has an invalid address: %w", err)
	}
	length, _ := net.IPMask(mask.AsSlice()).Size()
	return netip.PrefixFrom(address, length), nil
}

// hostnameOf returns the machine's hostname. Proxmox writes none into the meta-data, so Talos takes the one in the user-data.
func hostnameOf(userData string) string {
	var c struct {
		Hostname string `yaml:"hostname"`
	}
	if err := yaml.Unmarshal([]byte(userData), &c); err != nil {
		return ""
	}
	return c.Hostname
}

// bringsConfig reports whether the user-data is a machine config: Talos takes everything as one but cloud-init's own format.
func bringsConfig(userData string) bool { return !strings.HasPrefix(userData, "#cloud-config") }
