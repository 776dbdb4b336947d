package lan

import (
	"fmt"
	"net"
	"net/netip"
	"os"

	"github.com/vishvananda/netlink"
)

// All functions here act on the calling thread's network namespace.

// fresh refuses a namespace in which somebody else has configured anything.
func fresh() error {
	links, err := netlink.LinkList()
	if err != nil {
		return err
	}
	for _, link := range links {
		if link.Attrs().Flags&net.FlagLoopback == 0 && link.Attrs().Flags&net.FlagUp != 0 {
			return fmt.Errorf("refusing to touch the network: interface %s is in use in this network namespace; "+
				"the lab's LAN needs a fresh one", link.Attrs().Name)
		}
	}
	return nil
}

// up brings the loopback up and lets the namespace forward packets.
func up() error {
	loopback, err := netlink.LinkByName("lo")
	if err != nil {
		return err
	}
	if err := netlink.LinkSetUp(loopback); err != nil {
		return err
	}
	return os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0)
}

// hardware is the MAC address for an IPv4 address, by the scheme of the CNI
// bridge plugin. Left alone, a bridge takes the lowest MAC of its ports and
// changes it with every pod, and an address used again comes with a new MAC:
// in both cases neighbours that remember the old one send into the void.
func hardware(address netip.Addr) net.HardwareAddr {
	return append(net.HardwareAddr{0x0a, 0x58}, address.AsSlice()...)
}

// addBridge makes a bridge with an address.
func addBridge(name string, address netip.Prefix) (netlink.Link, error) {
	attributes := netlink.NewLinkAttrs()
	attributes.Name = name
	attributes.HardwareAddr = hardware(address.Addr())
	bridge := &netlink.Bridge{LinkAttrs: attributes}
	if err := netlink.LinkAdd(bridge); err != nil {
		return nil, fmt.Errorf("bridge %s: %w", name, err)
	}
	return bridge, assign(bridge, address)
}

// configure brings up eth0 with its address and a default route.
func configure(address netip.Prefix, gateway netip.Addr) error {
	if err := up(); err != nil {
		return err
	}
	ethernet, err := netlink.LinkByName("eth0")
	if err != nil {
		return err
	}
	if err := assign(ethernet, address); err != nil {
		return err
	}
	// Answer ARP on eth0 for eth0's own addresses only: a node may have a
	// Service's address without announcing it on the LAN.
	if err := os.WriteFile("/proc/sys/net/ipv4/conf/eth0/arp_ignore", []byte("1"), 0); err != nil {
		return err
	}
	if err := netlink.RouteAdd(&netlink.Route{LinkIndex: ethernet.Attrs().Index, Gw: gateway.AsSlice()}); err != nil {
		return err
	}
	return carries("eth0")
}

func assign(link netlink.Link, address netip.Prefix) error {
	if err := netlink.AddrAdd(link, &netlink.Addr{IPNet: network(address)}); err != nil {
		return fmt.Errorf("address %s on %s: %w", address, link.Attrs().Name, err)
	}
	return netlink.LinkSetUp(link)
}
