package talos

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"

	networkpb "github.com/siderolabs/talos/pkg/machinery/api/resource/definitions/network"
	"github.com/siderolabs/talos/pkg/machinery/cel/celenv"
	"github.com/siderolabs/talos/pkg/machinery/config"
)

// link is the name of a machine's first network card: factory images for nocloud boot with net.ifnames=0.
const link = "eth0"

// address is where a machine is on the LAN: what its machine config says, else what the cloud-init drive says for the
// card's MAC address.
func (s *session) address(c config.Provider, platform string) (netip.Prefix, error) {
	if len(s.vm.NICs) == 0 {
		return netip.Prefix{}, errors.New("it has no network card")
	}
	card := s.vm.NICs[0]
	// The LAN is all bridges and VLANs in one: what they keep apart is not simulated.
	if c != nil {
		if configured, ok := configuredAddress(c, linkNames(c, card.MAC)); ok {
			return configured, nil
		}
	}
	if platform != nocloud {
		return netip.Prefix{}, fmt.Errorf("its machine config has no address for %s, and an installer for %s machines reads none from a cloud-init drive", link, platform)
	}
	return s.nocloudAddress(card.MAC)
}

func (s *session) nocloudAddress(mac string) (netip.Prefix, error) {
	if s.vm.CloudInit == nil {
		return netip.Prefix{}, errors.New("it has no cloud-init drive, and the LAN has no DHCP server")
	}
	if bringsConfig(s.vm.CloudInit.UserData) {
		return netip.Prefix{}, errors.New("its cloud-init drive has a machine config, which is not simulated: Proxmox writes #cloud-config there, which Talos ignores")
	}
	return addressOf(s.vm.CloudInit.NetworkConfig, mac)
}

// linkNames are those that a machine config may call the network card by: the kernel's, and the aliases whose selectors match.
func linkNames(c config.Provider, mac string) []string {
	all := []string{link}
	address, err := net.ParseMAC(mac)
	if err != nil {
		return all
	}
	card := &networkpb.LinkStatusSpec{HardwareAddr: address, PermanentAddr: address, Driver: "virtio_net"}
	for _, alias := range c.NetworkLinkAliasConfigs() {
		if matches, err := alias.LinkSelector().EvalBool(celenv.LinkLocator(), map[string]any{"link": card}); err == nil && matches {
			all = append(all, alias.Name())
		}
	}
	return all
}

// configuredAddress is the first address that a machine config gives the link, by a document of its own or the older way.
func configuredAddress(c config.Provider, names []string) (netip.Prefix, bool) {
	for _, document := range c.NetworkCommonLinkConfigs() {
		for _, a := range document.Addresses() {
			if slices.Contains(names, document.Name()) && a.Address().Addr().Is4() {
				return a.Address(), true
			}
		}
	}
	raw := c.RawV1Alpha1()
	if raw == nil || raw.MachineConfig == nil || raw.MachineConfig.MachineNetwork == nil {
		return netip.Prefix{}, false
	}
	for _, device := range raw.MachineConfig.MachineNetwork.NetworkInterfaces {
		for _, text := range device.Addresses() {
			if a, err := netip.ParsePrefix(text); err == nil && slices.Contains(names, device.Interface()) && a.Addr().Is4() {
				return a, true
			}
		}
	}
	return netip.Prefix{}, false
}
