package lan

import (
	"errors"
	"net"
	"net/netip"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

func addRoute(to netip.Prefix, by netip.Addr) error {
	return netlink.RouteReplace(&netlink.Route{Dst: network(to), Gw: by.AsSlice()})
}

func deleteRoute(to netip.Prefix) error {
	err := netlink.RouteDel(&netlink.Route{Dst: network(to)})
	if errors.Is(err, unix.ESRCH) {
		return nil
	}
	return err
}

func network(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}
