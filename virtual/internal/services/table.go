package services

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"starbase.example/virtual/internal/lan"
)

// linkName is the interface that carries the Services' addresses in a node.
const linkName = "services0"

// table is what a node answers for at the moment.
type table struct {
	namespace *lan.Namespace
	network   netip.Prefix
	addresses []netip.Addr
	frontends map[netip.AddrPort]*frontend
	rotas     map[netip.AddrPort]*rota
	fixed     []*frontend
}

func newTable(namespace *lan.Namespace, network netip.Prefix) *table {
	return &table{namespace: namespace, network: network, frontends: map[netip.AddrPort]*frontend{}, rotas: map[netip.AddrPort]*rota{}}
}

// always opens a frontend that stays.
func (t *table) always(address netip.AddrPort, backends backing) error {
	f, err := open(t.namespace, address, backends)
	if err == nil {
		t.fixed = append(t.fixed, f)
	}
	return err
}

// link makes the interface for addresses: one of its own, so that "ip address"
// shows what the node answers for and why. It is a bridge without ports, since
// not every kernel has dummy interfaces.
func (t *table) link() error {
	return t.namespace.Do(func() error {
		attributes := netlink.NewLinkAttrs()
		attributes.Name = linkName
		if err := netlink.LinkAdd(&netlink.Bridge{LinkAttrs: attributes}); err != nil {
			return fmt.Errorf("interface %s: %w", linkName, err)
		}
		link, err := netlink.LinkByName(linkName)
		if err != nil {
			return err
		}
		if err := netlink.LinkSetUp(link); err != nil {
			return err
		}
		if err := netlink.RouteReplace(t.nobody()); err != nil {
			return fmt.Errorf("refusing %s: %w", t.network, err)
		}
		return nil
	})
}

// set brings the node to the plan: new addresses before new listeners, old
// listeners away before old addresses.
func (t *table) set(p plan) error {
	for address, f := range t.frontends {
		if _, wanted := p.frontends[address]; !wanted {
			f.close()
			delete(t.frontends, address)
			delete(t.rotas, address)
		}
	}
	if err := t.assign(p.addresses); err != nil {
		return err
	}
	for address, backends := range p.frontends {
		if known, exists := t.rotas[address]; exists {
			known.aim(backends)
			continue
		}
		r := &rota{backends: backends}
		f, err := open(t.namespace, address, r)
		if err != nil {
			return err
		}
		t.frontends[address], t.rotas[address] = f, r
	}
	return nil
}

func (t *table) assign(wanted []netip.Addr) error {
	err := t.namespace.Do(func() error {
		link, err := netlink.LinkByName(linkName)
		if err != nil {
			return err
		}
		for _, address := range wanted {
			if !slices.Contains(t.addresses, address) {
				err = errors.Join(err, netlink.AddrReplace(link, single(address)))
			}
		}
		for _, address := range t.addresses {
			if !slices.Contains(wanted, address) {
				err = errors.Join(err, netlink.AddrDel(link, single(address)))
			}
		}
		return err
	})
	t.addresses = slices.Clone(wanted)
	return err
}

// nobody is the route for addresses that no Service has.
func (t *table) nobody() *netlink.Route {
	network := &net.IPNet{IP: t.network.Masked().Addr().AsSlice(), Mask: net.CIDRMask(t.network.Bits(), 32)}
	return &netlink.Route{Dst: network, Type: unix.RTN_UNREACHABLE}
}

func single(address netip.Addr) *netlink.Addr {
	return &netlink.Addr{IPNet: &net.IPNet{IP: address.AsSlice(), Mask: net.CIDRMask(32, 32)}}
}

// close ends all listeners and takes the interface away with its addresses.
func (t *table) close() error {
	for _, f := range t.fixed {
		f.close()
	}
	for _, f := range t.frontends {
		f.close()
	}
	return t.namespace.Do(func() error {
		link, err := netlink.LinkByName(linkName)
		if errors.As(err, new(netlink.LinkNotFoundError)) {
			return nil
		}
		if err != nil {
			return err
		}
		return errors.Join(netlink.RouteDel(t.nobody()), netlink.LinkDel(link))
	})
}
